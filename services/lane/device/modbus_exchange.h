// One request to a Modbus TCP controller and its answer, compared whole.
//
// libmodbus makes, times and closes the connection. Its own requests compare too little of an answer for a
// barrier (3.1.6: neither the unit nor what a write repeats), so that a stranger's answer would be believed.
// Here every byte that the request determines must be the right one.
//
// Each returns as libmodbus does: the count that was asked for, or -1 and errno (ETIMEDOUT, ECONNRESET,
// EMBXILVAL for a refusal, EMBBADDATA for a wrong answer …). After -1 drop the connection: the next answer
// could belong to this request. Waits for the connection's response timeout at the most.
//
// One request a connection at a time.
#pragma once

#include <cstdint>

typedef struct _modbus modbus_t;  // NOLINT(bugprone-reserved-identifier): its maker's name

namespace bordergate::lane::exchange {

int ReadCoils(modbus_t* connection, int address, int count, uint8_t* bits);
int ReadDiscreteInputs(modbus_t* connection, int address, int count, uint8_t* bits);
int ReadInputRegisters(modbus_t* connection, int address, int count, uint16_t* words);
int ReadHoldingRegisters(modbus_t* connection, int address, int count, uint16_t* words);
int WriteCoil(modbus_t* connection, int address, bool value);
int WriteRegisters(modbus_t* connection, int address, int count, const uint16_t* words);

}  // namespace bordergate::lane::exchange
