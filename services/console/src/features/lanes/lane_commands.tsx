// Shows the dialog of the command that was asked for, on the wall and on a lane's page.
import { useState } from "react";
import { useFocusReturn } from "@/lib/focus_return.ts";
import type { Me } from "@/lib/wire.ts";
import type { LiveLane } from "./lane_store.ts";
import type { LaneCommand } from "./lane_tile.tsx";
import { ModeDialog } from "./mode_dialog.tsx";
import { VehicleDialog } from "./vehicle_dialog.tsx";

export function useLaneCommands(lanes: LiveLane[], me: Me) {
  const [asked, setAsked] = useState<{ laneId: string; command: LaneCommand } | null>(null);
  const live = lanes.find((each) => each.lane.lane_id === asked?.laneId);
  const focus = useFocusReturn();
  const close = () => {
    setAsked(null);
    focus.giveBack(() => document.querySelector(`#lane-${asked?.laneId} a`));
  };
  const dialogs = {
    open: live && <VehicleDialog act="open" live={live} me={me} onClose={close} />,
    refuse: live && <VehicleDialog act="refuse" live={live} me={me} onClose={close} />,
    mode: live && <ModeDialog live={live} onClose={close} />,
  };
  return {
    ask: (laneId: string, command: LaneCommand) => {
      focus.remember();
      setAsked({ laneId, command });
    },
    dialog: asked ? dialogs[asked.command] : null,
  };
}
