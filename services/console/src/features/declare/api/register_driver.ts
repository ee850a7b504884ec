import { post } from "@/lib/http.ts";
import type { Driver, RegisterDriverBody } from "@/lib/wire.ts";

export function registerDriver(body: RegisterDriverBody, key: string): Promise<{ driver: Driver }> {
  return post("/v1/drivers", body, key);
}
