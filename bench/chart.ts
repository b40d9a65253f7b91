/** The GET-only paths that fit one stack, as bars that are readable on light and dark pages. */
export function chart(most: { without: number; theirs: number; perResource: number; shared: number }): string {
  const bars: [string, number, string][] = [
    ['without CORS', most.without, '#8b949e'],
    ['aws-cdk-lib', most.theirs, '#d29922'],
    ['cdk-cors, per resource', most.perResource, '#58a6ff'],
    ['cdk-cors, shared', most.shared, '#2ea043'],
  ];
  const rows = bars.map(([label, value, colour], i) => {
    const y = 44 + i * 34;
    const width = Math.round((value / most.without) * 420);
    return [
      `<text x="170" y="${y + 15}" text-anchor="end">${label}</text>`,
      `<rect x="180" y="${y}" width="${width}" height="22" rx="3" fill="${colour}"/>`,
      `<text x="${188 + width}" y="${y + 15}">${value}</text>`,
    ].join('');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 190" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="GET-only paths that fit one stack: ${bars.map(([label, value]) => `${label} ${value}`).join(', ')}">
<style>text{fill:#57606a}@media(prefers-color-scheme:dark){text{fill:#c9d1d9}}</style>
<text x="10" y="22" font-size="15" font-weight="600">GET-only paths that fit one CloudFormation stack (500 resources)</text>
${rows.join('\n')}
</svg>
`;
}
