#include "services/lane/program_maps.h"

#include "embedded/lane_device.h"

namespace bordergate::lane {

std::vector<NamedMap> MapsOfTheProgram() {
  namespace maps = embedded::lane_device;
  return {{"simulated", maps::simulated_toml()},
          {"moxa-iologik-e1214", maps::moxa_iologik_e1214_toml()},
          {"advantech-adam-6060", maps::advantech_adam_6060_toml()},
          {"waveshare-relay-8ch", maps::waveshare_relay_8ch_toml()}};
}

std::vector<NamedMap> DisplayMapsOfTheProgram() {
  namespace maps = embedded::lane_device;
  return {{"simulated", maps::display_simulated_toml()}, {"ditel-dn109", maps::display_ditel_dn109_toml()}};
}

std::vector<NamedMap> ScaleMapsOfTheProgram() {
  namespace maps = embedded::lane_device;
  return {{"simulated", maps::scale_simulated_toml()},
          {"dini-argeo-dgt4x", maps::scale_dini_argeo_dgt4x_toml()},
          {"flintec-ft-112", maps::scale_flintec_ft_112_toml()},
          {"tuna-id551", maps::scale_tuna_id551_toml()}};
}

}  // namespace bordergate::lane
