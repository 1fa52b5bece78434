#!/usr/bin/env node
// Writes the bill of materials of what is shipped to dist/sbom.cdx.json.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { billOfMaterials } from './bill-of-materials.mjs';
import { bundle } from './bundle.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'sbom-'));
const bill = billOfMaterials(await bundle(scratch));
rmSync(scratch, { recursive: true });
writeFileSync(
  new URL('../dist/sbom.cdx.json', import.meta.url),
  `${JSON.stringify(bill, null, 2)}\n`,
);
