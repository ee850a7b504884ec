import { setupServer } from "msw/node";

// Answers the requests of tests; a test says with which handlers.
export const server = setupServer();
