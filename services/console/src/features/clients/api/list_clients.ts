import { pagedQuery } from "@/lib/paged.ts";
import type { ApiClient } from "@/lib/wire.ts";

// API clients, newest first: an enterprise's own, or all.
export const clientsQuery = pagedQuery<ApiClient>("/v1/api-clients", "api_clients");
