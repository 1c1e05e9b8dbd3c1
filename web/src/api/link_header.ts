export interface Links {
    /** Path and query of the page further on, or null if this is the last. */
    next: string | null;
    prev: string | null;
}

/**
 * The addresses of a Link header without their origin: the app talks to the server that it came
 * from, whatever name a proxy in between gives to it.
 */
export function parseLinks(header: string | null): Links {
    const links: Links = { next: null, prev: null };
    for (const match of (header ?? '').matchAll(/<([^>]*)>\s*;\s*rel="?(next|prev)"?/g)) {
        const [, address, relation] = match;
        if (address === undefined || relation === undefined) {
            continue;
        }
        const url = new URL(address, 'http://any.invalid');
        links[relation as keyof Links] = url.pathname + url.search;
    }
    return links;
}
