import { findEntities } from './text_entities';

/** Every link counts the same, however long it is. */
export const URL_CHARACTERS = 23;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

function countGraphemes(text: string): number {
    // Nothing in it joins its neighbour: no need to segment.
    if (/^[\x20-\x7e\n]*$/.test(text)) {
        return text.length;
    }
    let count = 0;
    for (const _ of graphemes.segment(text)) {
        count += 1;
    }
    return count;
}

/** What the server makes of a text before it counts: one kind of line end, no controls, trimmed. */
export function normalizeInput(text: string): string {
    return text
        .replace(/\r\n?/g, '\n')
        .replace(/\t/g, ' ')
        .replace(/[^\P{Cc}\n]/gu, '')
        .replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');
}

/** Length as the server counts: characters as people see them, links as 23, "@user@host" as "@user". */
export function countCharacters(text: string): number {
    let counted = '';
    let done = 0;
    for (const { kind, begin, end, name } of findEntities(text)) {
        counted += text.slice(done, begin);
        if (kind === 'url') {
            counted += 'x'.repeat(URL_CHARACTERS);
        } else {
            counted += kind === 'mention' ? `@${name}` : text.slice(begin, end);
        }
        done = end;
    }
    return countGraphemes(counted + text.slice(done));
}

/** What a post will count against the server's limit: its text and its warning together. */
export function countPost(text: string, spoilerText: string): number {
    return countCharacters(normalizeInput(text)) + countCharacters(normalizeInput(spoilerText));
}
