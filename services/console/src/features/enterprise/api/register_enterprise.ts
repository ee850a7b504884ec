import { post } from "@/lib/http.ts";
import type { Enterprise, RegisterEnterpriseBody } from "@/lib/wire.ts";

// Registers the caller's enterprise under the enterprise id of its account.
export function registerEnterprise(body: RegisterEnterpriseBody, key: string): Promise<{ enterprise: Enterprise }> {
  return post("/v1/enterprises", body, key);
}
