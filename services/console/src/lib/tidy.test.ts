// Goal: the house rules of the console hold. Method: the sources are read as text.
import { join } from "node:path";
import { expect, test } from "vitest";
import { consoleRoot, filesBelow } from "@/testing/repository.ts";

const sources = filesBelow(join(consoleRoot, "src"), /\.(tsx?|css)$/);
const shipped = [...sources].filter(([path]) => !/^(mocks|testing)\/|\.test\./.test(path));

test("numbers and times become text in lib/format.ts only", () => {
  const elsewhere = shipped.filter(
    ([path, text]) => path !== "lib/format.ts" && /\bIntl\.|toLocale(Date|Time)?String|\.toFixed\(/.test(text),
  );
  expect(elsewhere.map(([path]) => path)).toEqual([]);
});

test("features do not know each other", () => {
  const crossing = shipped.filter(([path, text]) => {
    const own = /^features\/(\w+)\//.exec(path)?.[1];
    return own && [...text.matchAll(/features\/(\w+)\//g)].some((match) => match[1] !== own);
  });
  expect(crossing.map(([path]) => path)).toEqual([]);
});

test("components and lib know no feature, and the board knows neither React nor features", () => {
  const wrong = shipped.filter(
    ([path, text]) =>
      (/^(components|lib)\//.test(path) && /["']@\/(features|app)\//.test(text)) ||
      (/^board\//.test(path) && /from "(react|antd|i18next|@\/(features|components|app))/.test(text)),
  );
  expect(wrong.map(([path]) => path)).toEqual([]);
});

test("what is shipped never reads the invented gate", () => {
  const wrong = shipped.filter(([, text]) => /["']@?\.*\/?(mocks|testing)\//.test(text) || text.includes("@/mocks"));
  expect(wrong.map(([path]) => path)).toEqual([]);
});

test("no outside asset, and nothing from a server is ever read as markup", () => {
  const pages = filesBelow(consoleRoot, /\/(index|board)\.html$/);
  const everything = [...shipped, ...pages];
  expect(everything.filter(([, text]) => /https?:\/\/(?!www\.w3\.org)/.test(text)).map(([path]) => path)).toEqual([]);
  expect(everything.filter(([, text]) => /dangerouslySetInnerHTML|innerHTML/.test(text)).map(([path]) => path)).toEqual(
    [],
  );
});

test("one file a request: every file below api/ sends one", () => {
  const apis = shipped.filter(([path]) => /\/(api|requests)\//.test(path));
  expect(apis.length).toBeGreaterThan(15);
  for (const [path, text] of apis) {
    expect([path, (text.match(/\b(get|post|openEventStream|pagedQuery)(<[^(]*>)?\(/g) ?? []).length]).toEqual([
      path,
      1,
    ]);
  }
});

test("files stay small and open with what they are for", () => {
  const long = [...sources].filter(([, text]) => text.split("\n").length > 400);
  expect(long.map(([path]) => path)).toEqual([]);
  const tests = [...sources].filter(([path]) => path.includes(".test."));
  expect(
    tests.filter(([, text]) => !text.startsWith("// Goal: ") || !text.includes("Method: ")).map(([path]) => path),
  ).toEqual([]);
});
