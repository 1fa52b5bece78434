import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * @typedef {{type: string, name: string, version: string, purl: string, 'bom-ref': string, scope: string,
 *   properties: readonly {readonly name: string}[], hashes: readonly {readonly alg: string, readonly content: string}[],
 *   licenses: readonly unknown[]}} Component
 * @typedef {{bomFormat: string, specVersion: string, serialNumber?: string,
 *   metadata: {timestamp?: string, component: Component}, components: Component[],
 *   dependencies: {ref: string, dependsOn: string[]}[]}} Bill
 */

/**
 * What is in the bundle, as CycloneDX has it: what npm says of everything that is installed, without what only builds and
 * tests. npm cannot tell the two apart, because the program's own packages are bundled and thus no dependencies of it.
 * The same lock file gives the same bill: no time, and no number of its own.
 * @param {readonly {readonly name: string, readonly version: string}[]} packages
 * @returns {Bill}
 */
export function billOfMaterials(packages) {
  const bundled = new Set(packages.map(({ name, version }) => `${name}@${version}`));
  const { serialNumber: _number, ...bill } = billOfEverything();
  const { timestamp: _time, ...metadata } = bill.metadata;
  const { name } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
  const own = { ...metadata.component, name };
  const kept = (/** @type {string} */ ref) => bundled.has(ref) || ref === own['bom-ref'];
  return {
    ...bill,
    metadata: { ...metadata, component: own },
    components: bill.components.filter(part => kept(part['bom-ref'])).map(asShipped),
    dependencies: bill.dependencies
      .filter(({ ref }) => kept(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(kept) })),
  };
}

/** @returns {Bill} */
function billOfEverything() {
  const format = ['--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
  const options = { cwd: ROOT, encoding: /** @type {const} */ ('utf8'), maxBuffer: 1 << 26 };
  // Its standard error has warnings about npm's own settings.
  return JSON.parse(
    execFileSync('npm', ['sbom', ...format, '--package-lock-only'], { ...options, stdio: 'pipe' }),
  );
}

/** To npm it is for development only. @param {Component} component @returns {Component} */
function asShipped(component) {
  const properties = component.properties.filter(
    ({ name }) => name !== 'cdx:npm:package:development',
  );
  return { ...component, scope: 'required', properties };
}
