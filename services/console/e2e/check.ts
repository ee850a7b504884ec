// Checks with a name each; all are run, the last line tells how many held.
let passed = 0;
let failed = 0;

// True when it held.
export async function check(name: string, action: () => Promise<void>): Promise<boolean> {
  try {
    await action();
    passed += 1;
    console.log(`✔ ${name}`);
    return true;
  } catch (error) {
    failed += 1;
    console.log(`✘ ${name}\n  ${error instanceof Error ? error.message.split("\n").slice(0, 12).join("\n  ") : error}`);
    return false;
  }
}

export function expectEqual(found: unknown, wanted: unknown, what: string): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${what}: ${a} instead of ${b}`);
}

// Prints the sum and ends the program with it.
export function finish(): never {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}
