/** What GitHub shows beside a line of a pull request, or on the page of a run. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  /** In lines. */
  readonly message: readonly string[];
  readonly file?: string;
  readonly line?: number;
}

/**
 * The workflow command that makes an annotation: one line, whatever its texts hold. A line break
 * would begin another command, and a comma or colon another property.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function workflowCommand({ level, title, message, file, line }: Annotation): string {
  const properties = Object.entries({ file, line: line?.toString(), title }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapedProperty(value)}`],
  );
  return `::${level} ${properties.join(',')}::${escapedData(message.join('\n'))}`;
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
