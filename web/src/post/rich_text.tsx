import { h, type ComponentChild } from 'preact';
import { useContext, useMemo } from 'preact/hooks';
import type { Status } from '~/api/types';
import { markedPieces, Marking } from '~/marking/marking';
import type { Marker, Range } from '~/marking/ranges';
import { accountPath, tagPath } from './paths';
import styles from './rich_text.module.css';

/** What may be in a text; anything else is dropped, and what it contains is kept. */
const ELEMENTS = new Set([
    'p', 'br', 'span', 'a', 'strong', 'b', 'em', 'i', 'u', 'del', 'code', 'pre', 'blockquote', 'ul',
    'ol', 'li',
]); // prettier-ignore
/** Dropped with all that is in them. */
const SILENT = new Set(['script', 'style', 'template', 'title', 'iframe', 'object', 'svg', 'math']);
/** The classes that mean something: how clients shorten links and mark mentions. */
const CLASSES: Record<string, string | undefined> = {
    invisible: styles.invisible,
    ellipsis: styles.ellipsis,
    mention: styles.mention,
    hashtag: styles.mention,
};

type Known = Pick<Status, 'mentions' | 'tags'>;

/** What the text is drawn with: whom and what its links lead to, and what is to stand out. */
interface Drawing {
    known: Known;
    marks: ReadonlyMap<Node, readonly Range[]>;
}

/** Words end where these begin and end. */
const BLOCKS = new Set(['p', 'br', 'pre', 'blockquote', 'ul', 'ol', 'li']);

/** The address inside of the app that an address of the server's own stands for. */
function linkTo(href: string, known: Known): { href: string; isInside: boolean } | null {
    const mention = known.mentions.find(({ url }) => url === href);
    if (mention !== undefined) {
        return { href: accountPath(mention), isInside: true };
    }
    const tag = known.tags.find(({ url }) => url === href);
    if (tag !== undefined) {
        return { href: tagPath(tag.name), isInside: true };
    }
    let url: URL;
    try {
        url = new URL(href, location.origin);
    } catch {
        return null;
    }
    if (!['http:', 'https:', 'mailto:'].includes(url.protocol)) {
        return null;
    }
    return url.origin === location.origin
        ? { href: url.pathname + url.search + url.hash, isInside: true }
        : { href: url.href, isInside: false };
}

function classOf(element: Element): string | undefined {
    const names = [...element.classList].map((name) => CLASSES[name]).filter(Boolean);
    return names.length === 0 ? undefined : names.join(' ');
}

/** The texts below a node in order; null stands between those of which nothing goes across. */
function textsBelow(node: Node, into: (Text | null)[]): void {
    for (const child of node.childNodes) {
        if (child instanceof Text) {
            into.push(child);
        } else if (child instanceof Element && !SILENT.has(child.localName)) {
            const isBlock = BLOCKS.has(child.localName);
            into.push(...(isBlock ? [null] : []));
            textsBelow(child, into);
            into.push(...(isBlock ? [null] : []));
        }
    }
}

/** Of each text the pieces that stand out. The nodes stay as they are. */
function marksIn(content: Node, marker: Marker | null): ReadonlyMap<Node, readonly Range[]> {
    if (marker === null) {
        return new Map();
    }
    const texts: (Text | null)[] = [];
    textsBelow(content, texts);
    const marks = marker(texts.map((text) => text?.data ?? '\n'));
    return new Map(texts.flatMap((text, at) => (text === null ? [] : [[text, marks[at] ?? []]])));
}

function render(node: Node, drawing: Drawing, key: number): ComponentChild {
    if (node.nodeType === Node.TEXT_NODE) {
        return markedPieces(node.textContent ?? '', drawing.marks.get(node) ?? []);
    }
    if (!(node instanceof Element)) {
        return null;
    }
    const name = node.localName;
    if (SILENT.has(name)) {
        return null;
    }
    const children = [...node.childNodes].map((child, index) => render(child, drawing, index));
    if (!ELEMENTS.has(name)) {
        return h('span', { key }, children);
    }
    if (name === 'br') {
        return h('br', { key });
    }
    if (name !== 'a') {
        return h(name, { key, class: classOf(node) }, children);
    }
    const link = linkTo(node.getAttribute('href') ?? '', drawing.known);
    if (link === null) {
        return h('span', { key }, children);
    }
    const outside = link.isInside
        ? {}
        : { target: '_blank', rel: 'nofollow noopener noreferrer', title: link.href };
    return h('a', { key, href: link.href, class: classOf(node), ...outside }, children);
}

/** HTML of the server as elements of ours: only what is known here comes through. */
export function renderHtml(html: string, known: Known, marker: Marker | null): ComponentChild[] {
    // What is in a template is inert: nothing of it loads or runs.
    const template = document.createElement('template');
    template.innerHTML = html;
    const drawing = { known, marks: marksIn(template.content, marker) };
    return [...template.content.childNodes].map((node, index) => render(node, drawing, index));
}

const NOTHING_KNOWN: Known = { mentions: [], tags: [] };

interface Props {
    html: string;
    known?: Known;
    lang?: string | null | undefined;
}

export function RichText({ html, known = NOTHING_KNOWN, lang }: Props) {
    const { inTexts: marker } = useContext(Marking);
    const content = useMemo(() => renderHtml(html, known, marker), [html, marker]);
    return (
        <div class={styles.text} lang={lang ?? undefined} dir="auto">
            {content}
        </div>
    );
}
