import { post } from "@/lib/http.ts";
import type { SetVehicleTagBody, Vehicle } from "@/lib/wire.ts";

// Says which transponder a vehicle carries; none takes it off.
export function setVehicleTag(vehicleId: string, body: SetVehicleTagBody, key: string): Promise<{ vehicle: Vehicle }> {
  return post(`/v1/vehicles/${encodeURIComponent(vehicleId)}:setTag`, body, key);
}
