import { post } from "@/lib/http.ts";
import type { ApiClient, CreateApiClientBody } from "@/lib/wire.ts";

// Makes an API client. A repeat under the same key does not show the secret again.
export function createClient(
  body: CreateApiClientBody,
  key: string,
): Promise<{ api_client: ApiClient; client_secret: string }> {
  return post("/v1/api-clients", body, key);
}
