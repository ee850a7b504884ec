import { useNavigate } from "@tanstack/react-router";
import { DeclarePage } from "@/features/declare/declare_page.tsx";

export default function Declare() {
  const navigate = useNavigate();
  return <DeclarePage onDeclared={(tripId) => void navigate({ to: "/trips/$tripId", params: { tripId } })} />;
}
