import { post } from "@/lib/http.ts";
import type { RegisterVehicleBody, Vehicle } from "@/lib/wire.ts";

export function registerVehicle(body: RegisterVehicleBody, key: string): Promise<{ vehicle: Vehicle }> {
  return post("/v1/vehicles", body, key);
}
