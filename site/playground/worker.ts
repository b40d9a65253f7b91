/**
 * The simulator away from the page's own thread: an input that takes too long is ended by ending the worker.
 */
import { explained, judged, type Page, type Subject } from './judge';

export type Question =
  | { readonly ask: 'judge'; readonly subject: Subject; readonly page: Page }
  | { readonly ask: 'explain'; readonly message: string; readonly subject?: Subject };

self.onmessage = ({ data }: MessageEvent<Question>) => {
  try {
    const answer = data.ask === 'judge' ? judged(data.subject, data.page) : explained(data.message, data.subject);
    self.postMessage({ answer });
  } catch (error) {
    self.postMessage({ fault: (error as Error).message });
  }
};
