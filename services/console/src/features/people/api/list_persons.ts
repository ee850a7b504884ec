import { pagedQuery } from "@/lib/paged.ts";
import type { Person } from "@/lib/wire.ts";

// Accounts by sign-in name.
export const personsQuery = pagedQuery<Person>("/v1/persons", "persons");
