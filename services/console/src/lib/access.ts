// Who may do what, so that the console shows only what the server will allow. The server decides; this table only
// keeps buttons away from people whose role has no use for them. access.test.ts compares it with the protos.
import type { Me, Role } from "./wire.ts";

const everyOfficer: Role[] = [
  "ROLE_BORDER_GUARD",
  "ROLE_CUSTOMS",
  "ROLE_QUARANTINE",
  "ROLE_HEALTH",
  "ROLE_FEE_COLLECTOR",
  "ROLE_TRAFFIC_POLICE",
  "ROLE_YARD_OPERATOR",
  "ROLE_MANAGEMENT_CENTRE",
  "ROLE_AUDITOR",
];
const stepRoles: Role[] = ["ROLE_BORDER_GUARD", "ROLE_CUSTOMS", "ROLE_QUARANTINE", "ROLE_HEALTH", "ROLE_YARD_OPERATOR"];
const feeReaders: Role[] = ["ROLE_ENTERPRISE", "ROLE_FEE_COLLECTOR", "ROLE_MANAGEMENT_CENTRE", "ROLE_AUDITOR"];
const ticketReaders: Role[] = [
  "ROLE_ENTERPRISE",
  "ROLE_YARD_OPERATOR",
  "ROLE_TRAFFIC_POLICE",
  "ROLE_BORDER_GUARD",
  "ROLE_MANAGEMENT_CENTRE",
  "ROLE_AUDITOR",
];

// The RPCs that the console calls, by their names in the protos, with the roles that may call them.
export const rolesOf = {
  "LaneService.WatchLanes": everyOfficer,
  "LaneService.GetEvidence": ["ROLE_BORDER_GUARD", "ROLE_CUSTOMS", "ROLE_MANAGEMENT_CENTRE", "ROLE_AUDITOR"],
  "CameraService.WatchStills": [
    "ROLE_BORDER_GUARD",
    "ROLE_CUSTOMS",
    "ROLE_MANAGEMENT_CENTRE",
    "ROLE_AUDITOR",
    "ROLE_ADMINISTRATOR",
  ],
  "LaneService.OpenBarrier": ["ROLE_BORDER_GUARD"],
  "LaneService.RefuseVehicle": ["ROLE_BORDER_GUARD"],
  "LaneService.SetLaneMode": ["ROLE_BORDER_GUARD", "ROLE_MANAGEMENT_CENTRE"],
  "LaneService.PutCheckpointRule": ["ROLE_MANAGEMENT_CENTRE"],
  "LaneService.TryCheckpointRule": ["ROLE_MANAGEMENT_CENTRE", "ROLE_AUDITOR"],
  "CustomsService.DeclareTrip": ["ROLE_ENTERPRISE"],
  "CustomsService.ListTrips": ["ROLE_ENTERPRISE", ...everyOfficer],
  "CustomsService.GetTrip": ["ROLE_ENTERPRISE", ...everyOfficer],
  "CustomsService.GetSlipPage": [
    "ROLE_ENTERPRISE",
    "ROLE_BORDER_GUARD",
    "ROLE_CUSTOMS",
    "ROLE_YARD_OPERATOR",
    "ROLE_MANAGEMENT_CENTRE",
  ],
  "CustomsService.ConfirmStep": stepRoles,
  "CustomsService.HoldStep": stepRoles,
  "CustomsService.ReleaseStep": stepRoles,
  "VehicleService.RegisterEnterprise": ["ROLE_ENTERPRISE"],
  "VehicleService.RegisterVehicle": ["ROLE_ENTERPRISE"],
  "VehicleService.SetVehicleTag": ["ROLE_ENTERPRISE"],
  "VehicleService.ListVehicles": [
    "ROLE_ENTERPRISE",
    "ROLE_BORDER_GUARD",
    "ROLE_CUSTOMS",
    "ROLE_MANAGEMENT_CENTRE",
    "ROLE_AUDITOR",
  ],
  "VehicleService.RegisterDriver": ["ROLE_ENTERPRISE"],
  "VehicleService.ListDrivers": ["ROLE_ENTERPRISE"],
  "VehicleService.GetEnterprise": [
    "ROLE_ENTERPRISE",
    "ROLE_BORDER_GUARD",
    "ROLE_CUSTOMS",
    "ROLE_QUARANTINE",
    "ROLE_FEE_COLLECTOR",
    "ROLE_MANAGEMENT_CENTRE",
    "ROLE_AUDITOR",
  ],
  "FeeService.ListInvoices": feeReaders,
  "YardService.ListTickets": ticketReaders,
  "YardService.CheckIn": ["ROLE_YARD_OPERATOR", "ROLE_DEVICE"],
  "YardService.CallOutOfTurn": ["ROLE_MANAGEMENT_CENTRE"],
  "ReportService.SearchPassages": [
    "ROLE_BORDER_GUARD",
    "ROLE_CUSTOMS",
    "ROLE_MANAGEMENT_CENTRE",
    "ROLE_FEE_COLLECTOR",
    "ROLE_AUDITOR",
  ],
  "ReportService.GetTripTimeline": [
    "ROLE_ENTERPRISE",
    "ROLE_BORDER_GUARD",
    "ROLE_CUSTOMS",
    "ROLE_QUARANTINE",
    "ROLE_HEALTH",
    "ROLE_FEE_COLLECTOR",
    "ROLE_YARD_OPERATOR",
    "ROLE_MANAGEMENT_CENTRE",
    "ROLE_AUDITOR",
  ],
  "IdentityService.ListPersons": ["ROLE_ADMINISTRATOR", "ROLE_AUDITOR"],
  "IdentityService.CreatePerson": ["ROLE_ADMINISTRATOR"],
  "IdentityService.SetPersonRoles": ["ROLE_ADMINISTRATOR"],
  "IdentityService.ResetPassword": ["ROLE_ADMINISTRATOR"],
  "IdentityService.DisablePerson": ["ROLE_ADMINISTRATOR"],
  "IdentityService.ListApiClients": ["ROLE_ENTERPRISE", "ROLE_ADMINISTRATOR", "ROLE_AUDITOR"],
  "IdentityService.CreateApiClient": ["ROLE_ENTERPRISE", "ROLE_ADMINISTRATOR"],
  "IdentityService.RevokeApiClient": ["ROLE_ENTERPRISE", "ROLE_ADMINISTRATOR"],
} satisfies Record<string, Role[]>;

export type Call = keyof typeof rolesOf;

export function may(me: Me, call: Call): boolean {
  const roles: Role[] = rolesOf[call];
  return me.roles.some((role) => roles.includes(role));
}

// As `may`, at this gate: an officer who is posted to gates acts only there.
export function mayAt(me: Me, call: Call, gateId: string): boolean {
  return may(me, call) && (me.gate_ids.length === 0 || me.gate_ids.includes(gateId));
}

// True: an officer who sees the yards of whole gates, not only an enterprise's own trucks.
export function seesYards(me: Me): boolean {
  return may(me, "YardService.ListTickets") && !me.roles.includes("ROLE_ENTERPRISE");
}

// The person's roles that confirm steps.
export function stepRolesOf(me: Me): Role[] {
  return me.roles.filter((role) => stepRoles.includes(role));
}

// True: the person belongs to an agency that confirms steps.
export function hasSteps(me: Me): boolean {
  return stepRolesOf(me).length > 0;
}
