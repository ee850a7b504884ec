// For people who work on the console: the pages with an invented gate behind them.
//   npm run dev     sources, renewed while you type
//   npm run mock    the built files, as they are shipped
// Both answer on http://127.0.0.1:5173; sign in as bienphong, haiquan, kiemdich, trungtam, thanhtra or doanhnghiep with
// the password demo. LANES=4 shows a small gate.
import { mergeConfig } from "vite";
import production from "../vite.config.ts";
import { mockGateway } from "./mock_gateway.ts";

const port = Number(process.env.PORT ?? 5173);

export default mergeConfig(production, {
  plugins: [mockGateway()],
  server: { host: "127.0.0.1", port, strictPort: true },
  preview: { host: "127.0.0.1", port, strictPort: true },
});
