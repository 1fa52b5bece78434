import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bill, billOfMaterials } from '../scripts/bill-of-materials.mjs';
import { bundle } from '../scripts/bundle.mjs';

interface LockedPackage {
  readonly version: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readText('package.json'));
const lock = JSON.parse(readText('package-lock.json'));
const locked: readonly (readonly [path: string, facts: LockedPackage])[] =
  Object.entries<LockedPackage>(lock.packages).filter(([path]) => path !== '');

const scratch = mkdtempSync(join(tmpdir(), 'supply-chain-'));
let bundled: Awaited<ReturnType<typeof bundle>>;
let bill: Bill;

beforeAll(async () => {
  bundled = await bundle(scratch);
  bill = billOfMaterials(bundled);
});
afterAll(() => rmSync(scratch, { recursive: true }));

describe('the lock file', () => {
  test('has an exact version and a checksum of every package', () => {
    expect(locked.length).toBeGreaterThan(100);
    for (const [path, { version, integrity }] of locked) {
      expect(version, path).toMatch(/^\d+\.\d+\.\d+/);
      expect(integrity, path).toMatch(/^sha512-[\w+/]{86}==$/);
    }
  });

  test('says nothing that the manifest leaves open', () => {
    const asked = Object.entries<string>(manifest.devDependencies);
    expect(asked.map(([name]) => [name, lock.packages[`node_modules/${name}`]?.version])).toEqual(
      asked,
    );
  });

  test('has no package that runs a script when it is installed', () => {
    expect(locked.filter(([, facts]) => facts.hasInstallScript)).toEqual([]);
  });
});

describe('what is shipped', () => {
  test('depends on no package, because it holds what it needs', () => {
    expect(manifest.dependencies ?? {}).toEqual({});
    expect(manifest.optionalDependencies ?? {}).toEqual({});
    expect(Object.keys(manifest.scripts)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(pre|post)?install$|^prepare$/)]),
    );
  });

  test('holds what ARCHITECTURE.md gives a reason for, and what that needs', () => {
    const chosen = chosenPackages();
    expect(bundled.map(({ name }) => name)).toEqual(expect.arrayContaining(chosen));
    const needed = closure(chosen);
    expect(bundled.filter(({ name }) => !needed.has(name))).toEqual([]);
  });

  test('is under licences that allow it', () => {
    const licenses = new Set(bundled.map(({ license }) => license));
    expect([...licenses].sort()).toEqual(['Apache-2.0', 'ISC', 'MIT']);
  });
});

describe('the bill of materials', () => {
  test('lists every package of the bundle with its checksum, and no other', () => {
    const refs = bundled.map(({ name, version }) => `${name}@${version}`);
    expect(bill.components.map(part => part['bom-ref']).sort()).toEqual([...new Set(refs)].sort());
    for (const { name, version, purl, hashes, licenses, type, scope } of bill.components) {
      expect(purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${version}`);
      expect(hashes).toEqual([
        { alg: 'SHA-512', content: expect.stringMatching(/^[\da-f]{128}$/) },
      ]);
      expect({ type, scope, licenses: licenses.length }, name).toEqual({
        type: 'library',
        scope: 'required',
        licenses: 1,
      });
    }
  });

  test('is CycloneDX, of this program', () => {
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1 });
    const { name, version } = manifest;
    expect(bill.metadata.component).toMatchObject({ type: 'application', name, version });
  });

  test('refers to nothing that it does not list', () => {
    const known = new Set(bill.components.map(part => part['bom-ref']));
    const own = bill.metadata.component['bom-ref'];
    for (const { ref, dependsOn } of bill.dependencies) {
      expect(ref === own || known.has(ref), ref).toBe(true);
      expect(dependsOn.filter(other => !known.has(other))).toEqual([]);
    }
  });

  test('is the same each time', () => {
    expect(JSON.stringify(billOfMaterials(bundled))).toBe(JSON.stringify(bill));
    expect(JSON.stringify(bill)).not.toMatch(/timestamp|serialNumber/);
  });
});

/** The first column of the table. */
function chosenPackages(): string[] {
  const [, table = ''] = readText('ARCHITECTURE.md').split('| package | for | owner |');
  return table.split('\n').flatMap(line => {
    const [, cell = ''] = line.split('|');
    return [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '');
  });
}

function closure(names: readonly string[]): ReadonlySet<string> {
  const found = new Set(names);
  for (const name of found) {
    const versions = locked.filter(([path]) => path.endsWith(`node_modules/${name}`));
    for (const [, { dependencies = {} }] of versions) {
      for (const other of Object.keys(dependencies)) found.add(other);
    }
  }
  return found;
}

function readText(file: string): string {
  return readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
}
