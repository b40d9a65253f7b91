// Writes the comment of a pull request, or writes it again: there is one, however often the
// workflow runs.
import { existsSync, readFileSync } from 'node:fs';

const { BODY, COMMENT, GITHUB_API_URL, GITHUB_EVENT_PATH, GITHUB_REPOSITORY, GITHUB_TOKEN } = process.env;
const MARKER = '<!-- cdk-cors -->';

const event = GITHUB_EVENT_PATH ? JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8')) : {};
const number = event.pull_request?.number;
if (COMMENT !== 'true' || number === undefined || !BODY || !existsSync(BODY)) {
  console.log(COMMENT === 'true' ? 'No comment: this is not a pull request.' : 'No comment: none is wanted.');
} else {
  const body = readFileSync(BODY, 'utf8');
  const comments = `/repos/${GITHUB_REPOSITORY}/issues/${number}/comments`;
  try {
    const before = await ownComment(comments);
    if (before) await ask(`/repos/${GITHUB_REPOSITORY}/issues/comments/${before.id}`, 'PATCH', { body });
    else await ask(comments, 'POST', { body });
  } catch (error) {
    // A pull request from a fork has no right to comment, and is no worse for it.
    console.log(
      `::warning title=cdk-cors::No comment on the pull request: ${String(error.message).replace(/[\r\n%]+/g, ' ')}`,
    );
  }
}

/** Somebody else's comment may begin in the same way: only a bot's is written again. */
async function ownComment(comments) {
  for (let page = 1; page <= 20; page++) {
    const found = await ask(`${comments}?per_page=100&page=${page}`, 'GET');
    const own = found.find((each) => each.body?.startsWith(MARKER) && each.user?.type === 'Bot');
    if (own || found.length < 100) return own;
  }
  return undefined;
}

async function ask(path, method, content) {
  const response = await fetch(`${GITHUB_API_URL}${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${GITHUB_TOKEN}`,
      'x-github-api-version': '2022-11-28',
    },
    ...(content && { body: JSON.stringify(content) }),
  });
  if (!response.ok) throw new Error(`${method} ${path} is answered with ${response.status}`);
  return response.json();
}
