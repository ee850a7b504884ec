// What an enterprise may declare. Every fault of a form is named at once, so that it is corrected once.
#pragma once

#include "libs/core/field_checks.h"
#include "services/customs/domain/trip.h"

namespace bordergate::customs {

// Adds every fault of the fields an enterprise fills in, in the order of the form. Field names are those of
// DeclareTripRequest.
//   form     plates, container and goods as written; id, state, steps and times are not looked at
//   reasons  FIELD_REQUIRED, those of FieldChecks, GATE_ID_INVALID, ROUTE_INVALID, REGIME_DIRECTION_MISMATCH,
//            ARRIVAL_TIME_TOO_FAR, ARRIVAL_TIME_PAST, DECLARATION_NUMBER_INVALID, DECLARATION_KIND_INVALID,
//            PHONE_INVALID, PLATE_INVALID, PLATE_IS_A_TRAILER, PLATE_NOT_A_TRAILER,
//            CONTAINER_NUMBER_INVALID, SEAL_NUMBER_INVALID, SEAL_NUMBER_REPEATED, GOODS_COUNT_INVALID,
//            GOODS_IN_EMPTY_TRUCK, those of CheckGoodsLine, TEMPERATURE_INVALID
void CheckDeclaration(const Trip& form, Instant now, FieldChecks& checks);

// One line of goods. Fields are named "goods[0].hs_code".
//   reasons  HS_CODE_INVALID, DESCRIPTION_VAGUE, PACKAGE_KIND_INVALID, NET_MASS_ABOVE_GROSS,
//            CURRENCY_UNKNOWN, COUNTRY_UNKNOWN, those of FieldChecks
void CheckGoodsLine(const GoodsLine& line, size_t index, FieldChecks& checks);

// 2 to 40 characters of a to z, digits and hyphen.
bool IsGateId(std::string_view text);

// Harmonised System: 6 or 8 digits, chapter 01 to 97 without 77 (kept free by the convention).
bool IsHsCode(std::string_view text);

}  // namespace bordergate::customs
