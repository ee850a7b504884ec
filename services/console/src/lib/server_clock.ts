// The server's time, as far as this machine can know it. Ages and waits are measured by it, because an officer's
// computer may be minutes off. It learns from the Date header of every answer, which is exact to one second: each
// answer says that the difference lies in an interval, and the intervals are cut with each other. A clock that agrees
// with the server is left alone.

let lowest = Number.NEGATIVE_INFINITY;
let highest = Number.POSITIVE_INFINITY;

// Takes note of an answer's Date header, sent and received at these times of our own clock, in milliseconds.
export function observeServerDate(date: string | null, sent: number, received: number): void {
  const server = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(server)) return;
  const from = server - received;
  const until = server + 1000 - sent;
  if (from > highest || until < lowest) {
    // One of the two clocks was set: begin again.
    lowest = from;
    highest = until;
    return;
  }
  lowest = Math.max(lowest, from);
  highest = Math.min(highest, until);
}

// Milliseconds since 1970 by the server's clock.
export function serverNow(): number {
  return Date.now() + offset();
}

function offset(): number {
  if (lowest <= 0 && highest >= 0) return 0;
  return (lowest + highest) / 2;
}

// Forgets everything learnt; for tests.
export function forgetServerDate(): void {
  lowest = Number.NEGATIVE_INFINITY;
  highest = Number.POSITIVE_INFINITY;
}
