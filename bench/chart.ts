/** What was measured, as four groups of bars that are readable on light and dark pages. */
export interface Chart {
  /** GET-only paths that fit one stack. */
  readonly most: {
    readonly without: number;
    readonly theirs: number;
    readonly perResource: number;
    readonly shared: number;
  };
  /** CPU of synthesis in milliseconds, by scenario. */
  readonly cpu: readonly Pair[];
  /** What CORS adds to the template, in bytes a path. */
  readonly bytes: readonly Pair[];
  /** Of `check`, from start to exit. */
  readonly check: { readonly seconds: number; readonly requests: number };
  readonly verdictsPerSecond: number;
}

export interface Pair {
  readonly label: string;
  readonly ours: number;
  readonly theirs: number;
}

interface Bar {
  readonly label: string;
  readonly value: number;
  readonly colour: string;
}

const OURS = '#2f81f7';
const THEIRS = '#c98a1b';
const NEUTRAL = '#8b949e';

export function chart({ most, cpu, bytes, check, verdictsPerSecond }: Chart): string {
  const paths: Bar[] = [
    { label: 'without CORS', value: most.without, colour: NEUTRAL },
    { label: 'aws-cdk-lib', value: most.theirs, colour: THEIRS },
    { label: 'cdk-cors', value: most.perResource, colour: OURS },
    { label: 'cdk-cors, SHARED', value: most.shared, colour: OURS },
  ];
  const groups = [
    group('Paths that fit one stack of 500 resources', paths, 0, 0),
    group('CPU of synthesis, ms (200 paths)', cpu.flatMap(barsOf), 460, 0),
    group('Bytes that CORS adds to the template, a path', bytes.flatMap(barsOf), 0, 250),
    said('Time to an answer', [
      `${check.seconds.toFixed(2)} s`,
      `cdk-cors check, from start to exit: ${check.requests} requests`,
      `${Math.round(verdictsPerSecond / 1000)},000 verdicts a second in a test`,
    ]),
  ];
  const told = [...paths, ...cpu.flatMap(barsOf)].map(({ label, value }) => `${label} ${Math.round(value)}`).join(', ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 920 500" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="${told}">
<style>text{fill:#1f2328}.quiet{fill:#59636e}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.quiet{fill:#9198a1}}</style>
${groups.join('\n')}
<g><rect x="10" y="478" width="12" height="12" rx="2" fill="${OURS}"/><text x="28" y="489" class="quiet">cdk-cors</text><rect x="110" y="478" width="12" height="12" rx="2" fill="${THEIRS}"/><text x="128" y="489" class="quiet">aws-cdk-lib</text></g>
</svg>
`;
}

function barsOf({ label, ours, theirs }: Pair): Bar[] {
  return [
    { label, value: ours, colour: OURS },
    { label: '', value: theirs, colour: THEIRS },
  ];
}

function group(title: string, bars: Bar[], x: number, y: number): string {
  const largest = Math.max(...bars.map(({ value }) => value));
  const height = bars.length > 4 ? 20 : 34;
  const rows = bars.map(({ label, value, colour }, index) => {
    const top = 40 + index * height + (bars.length > 4 && index % 2 === 0 ? 3 : 0);
    const width = Math.max(2, Math.round((value / largest) * 230));
    return (
      `<text x="130" y="${top + 13}" text-anchor="end">${label}</text>` +
      `<rect x="140" y="${top}" width="${width}" height="${Math.min(height - 4, 22)}" rx="3" fill="${colour}"/>` +
      `<text x="${148 + width}" y="${top + 13}" class="quiet">${Math.round(value)}</text>`
    );
  });
  return `<g transform="translate(${x} ${y})"><text x="10" y="22" font-size="15" font-weight="600">${title}</text>${rows.join('')}</g>`;
}

function said(title: string, [large, ...lines]: string[]): string {
  const small = lines.map((line, index) => `<text x="10" y="${110 + index * 24}" class="quiet">${line}</text>`);
  return `<g transform="translate(460 250)"><text x="10" y="22" font-size="15" font-weight="600">${title}</text><text x="10" y="78" font-size="44" font-weight="600">${large}</text>${small.join('')}</g>`;
}
