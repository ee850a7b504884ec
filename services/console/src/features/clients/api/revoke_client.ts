import { post } from "@/lib/http.ts";
import type { ApiClient } from "@/lib/wire.ts";

// Revokes an API client and all its tokens.
export function revokeClient(clientId: string, key: string): Promise<{ api_client: ApiClient }> {
  return post(`/v1/api-clients/${encodeURIComponent(clientId)}:revoke`, {}, key);
}
