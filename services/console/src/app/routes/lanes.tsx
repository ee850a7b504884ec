import { Outlet } from "@tanstack/react-router";
import { LiveLanes } from "@/features/lanes/live_lanes.tsx";
import { useSignedOut } from "../session.ts";

export default function Lanes() {
  const signedOut = useSignedOut();
  return (
    <LiveLanes onSignedOut={signedOut}>
      <Outlet />
    </LiveLanes>
  );
}
