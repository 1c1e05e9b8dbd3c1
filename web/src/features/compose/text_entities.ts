/**
 * Where links, mentions and hashtags are in a text, by the server's rules (and Mastodon's), so that
 * what one types is counted as the server will count it.
 */
export interface TextEntity {
    kind: 'url' | 'mention' | 'tag';
    begin: number;
    end: number;
    /** Of a mention without @ and host; of a tag without #. */
    name: string;
}

const WORD = /[\p{L}\p{M}\p{Nd}\p{Pc}]/u;
const ALPHANUMERIC = /[\p{L}\p{M}\p{Nd}]/u;
const LETTER = /[\p{L}\p{M}]/u;
const MARK = /\p{M}/u;
const USERNAME = /[0-9a-zA-Z_]/;
const HOST = /[\p{L}\p{M}\p{Nd}\-_]/u;
const ENDS_URL = /[<>"\p{White_Space}\p{Cc}]/u;
const PUNCTUATION = /\p{P}/u;
const LATIN_ACCENT = /[\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F\u0300-\u036F\u1E00-\u1EFF]/;
/** '_', the middle dots of Catalan and Japanese, the zero-width non-joiner of Persian. */
const TAG_SEPARATOR = /[_\u00B7\u30FB\u200C]/;

const HOST_BYTES_MAX = 253;
const NO_PARTNER = -1;

function charAt(text: string, at: number): string {
    const code = text.codePointAt(at);
    return code === undefined ? '' : String.fromCodePoint(code);
}

function charBefore(text: string, at: number): string {
    const low = text.charCodeAt(at - 1);
    const isPair = low >= 0xdc00 && low <= 0xdfff && at >= 2;
    return text.slice(at - (isPair ? 2 : 1), at);
}

/** The end of words joined by dots and dashes ("a.b-c"); `begin` if there is none. */
function dottedEnd(text: string, begin: number, part: RegExp): number {
    let end = begin;
    for (let at = begin; ;) {
        const char = charAt(text, at);
        at += char.length;
        if (char !== '' && part.test(char)) {
            end = at;
        } else if ((char !== '.' && char !== '-') || end === begin) {
            return end;
        }
    }
}

class Scanner {
    private readonly found: TextEntity[] = [];
    private partners: Map<number, number> | null = null;

    constructor(private readonly text: string) {}

    scan(): TextEntity[] {
        const start = /[@#＃hH]/g;
        for (let hit = start.exec(this.text); hit !== null; hit = start.exec(this.text)) {
            const end = this.tryAt(hit[0], hit.index);
            start.lastIndex = Math.max(end, hit.index + 1);
        }
        return this.found;
    }

    private tryAt(char: string, at: number): number {
        switch (char) {
            case '@':
                return this.tryMention(at);
            case '#':
            case '＃':
                return this.tryTag(at);
            default:
                return this.tryUrl(at);
        }
    }

    private tryUrl(at: number): number {
        if (/^[0-9a-zA-Z@＠$#＃]$/.test(charBefore(this.text, at))) {
            return at;
        }
        const scheme = /^https?:\/\//i.exec(this.text.slice(at, at + 8))?.[0].length ?? 0;
        const hostEnd = scheme === 0 ? at : this.hostEnd(at + scheme);
        if (hostEnd <= at + scheme) {
            return at;
        }
        const end = this.pathEnd(at, this.portEnd(hostEnd));
        this.found.push({ kind: 'url', begin: at, end, name: '' });
        return end;
    }

    private hostEnd(begin: number): number {
        let end = begin;
        let lastLabel = begin;
        for (let at = begin; ;) {
            const here = at;
            const char = charAt(this.text, at);
            at += char.length;
            if (char === '.' && here > lastLabel) {
                // A dot belongs to the host only if another label follows it.
                const next = charAt(this.text, at);
                if (next === '' || !HOST.test(next)) {
                    break;
                }
                lastLabel = at;
            } else if (char === '' || !HOST.test(char)) {
                break;
            }
            end = at;
        }
        const host = this.text.slice(begin, end);
        const bytes = new TextEncoder().encode(host).length;
        if (host === '' || bytes > HOST_BYTES_MAX || host.startsWith('-')) {
            return begin;
        }
        if (host.toLowerCase() !== 'localhost' && !/^\d[\d]*(\.\d*){3}$/.test(host)) {
            const top = topLevelEnd(this.text.slice(lastLabel, end));
            if (lastLabel === begin || top === 0) {
                return begin;
            }
            end = lastLabel + top;
        }
        // "http://name@host" and the like are not what they seem to be.
        return /^[@+]/.test(this.text.slice(end, end + 1)) ? begin : end;
    }

    private portEnd(begin: number): number {
        return begin + (/^:\d{1,5}/.exec(this.text.slice(begin, begin + 6))?.[0].length ?? 0);
    }

    private pathEnd(urlBegin: number, begin: number): number {
        if (!/^[/?#]/.test(this.text.slice(begin, begin + 1))) {
            return begin;
        }
        let isQuery = false;
        let end = begin;
        for (let at = begin; ;) {
            const here = at;
            const char = charAt(this.text, at);
            at += char.length;
            if (char === '' || ENDS_URL.test(char)) {
                return end;
            }
            if ((char === '(' || char === ')') && this.partnerOf(here) < urlBegin) {
                return end;
            }
            isQuery = isQuery || char === '?';
            if (char !== '(' && !isClosing(char, isQuery)) {
                end = at;
            }
        }
    }

    /** Of a parenthesis: where the other one is. */
    private partnerOf(at: number): number {
        if (this.partners === null) {
            this.partners = new Map();
            const open: number[] = [];
            for (let here = 0; here < this.text.length; ++here) {
                const char = this.text.charAt(here);
                if (char === '(') {
                    open.push(here);
                } else if (char === ')') {
                    const other = open.pop();
                    if (other !== undefined) {
                        this.partners.set(here, other).set(other, here);
                    }
                } else if (ENDS_URL.test(char)) {
                    open.length = 0;
                }
            }
        }
        return this.partners.get(at) ?? NO_PARTNER;
    }

    private tryMention(at: number): number {
        const before = charBefore(this.text, at);
        if (before === '=' || before === '/' || (before !== '' && WORD.test(before))) {
            return at;
        }
        const nameEnd = dottedEnd(this.text, at + 1, USERNAME);
        if (nameEnd === at + 1) {
            return at;
        }
        let end = nameEnd;
        if (this.text.charAt(nameEnd) === '@') {
            const hostEnd = dottedEnd(this.text, nameEnd + 1, WORD);
            end = hostEnd > nameEnd + 1 ? hostEnd : end;
        }
        const next = this.text.charAt(end);
        const goesOn = next === '@' || next === '＠' || LATIN_ACCENT.test(next);
        if (goesOn || this.text.startsWith('://', end)) {
            return at;
        }
        const name = this.text.slice(at + 1, nameEnd);
        this.found.push({ kind: 'mention', begin: at, end, name });
        return end;
    }

    private tryTag(at: number): number {
        const before = charBefore(this.text, at);
        if (/^[=/)]$/.test(before) || (before !== '' && ALPHANUMERIC.test(before))) {
            return at;
        }
        const end = this.tagEnd(at + 1);
        if (end === at + 1) {
            return at;
        }
        this.found.push({ kind: 'tag', begin: at, end, name: this.text.slice(at + 1, end) });
        return end;
    }

    /** A tag is more than a number: it has a letter, or a separator within. */
    private tagEnd(begin: number): number {
        let end = begin;
        let hasLetter = false;
        let isPending = false;
        let hasSeparator = false;
        for (let at = begin; ;) {
            const here = at;
            const char = charAt(this.text, at);
            at += char.length;
            const isWord = char !== '' && WORD.test(char);
            const isSeparator = TAG_SEPARATOR.test(char);
            if (here === begin && (!isWord || MARK.test(char))) {
                return begin;
            }
            if (!isWord && !isSeparator) {
                break;
            }
            if (isWord) {
                hasLetter = hasLetter || LETTER.test(char);
                hasSeparator = hasSeparator || isPending;
                end = at;
            }
            isPending = isPending || (isSeparator && here !== begin);
        }
        return hasLetter || hasSeparator ? this.withoutScheme(begin, end) : begin;
    }

    /** "#nowhttps://…": the tag is "now". */
    private withoutScheme(begin: number, end: number): number {
        const scheme = this.text.startsWith('://', end)
            ? /.(https?)$/su.exec(this.text.slice(begin, end))?.[1]
            : undefined;
        return end - (scheme?.length ?? 0);
    }
}

/** "comです" names com: a domain of one script does not go on in another. 0: cannot be one. */
function topLevelEnd(label: string): number {
    const end = /^[a-zA-Z0-9-]*/.exec(label)?.[0].length ?? 0;
    if (end === 0) {
        return label.length;
    }
    return end >= 2 && !/^[\d-]/.test(label) && label.charAt(end - 1) !== '-' ? end : 0;
}

/** What a sentence puts behind a link rather than the link's author at its end. */
function isClosing(char: string, isQuery: boolean): boolean {
    if (char === '=' || char === '&') {
        return !isQuery;
    }
    if (/^[/\-_#+)]$/.test(char)) {
        return false;
    }
    return /^[$~|]$/.test(char) || PUNCTUATION.test(char);
}

/** In order, none overlapping another. */
export function findEntities(text: string): TextEntity[] {
    return new Scanner(text).scan();
}
