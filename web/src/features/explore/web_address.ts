/** What somebody typed or a server told, if it is an address of the web: no script, no file. */
export function webAddress(text: string): URL | null {
    try {
        const address = new URL(text);
        return ['http:', 'https:'].includes(address.protocol) ? address : null;
    } catch {
        return null;
    }
}

/** Whose page it is. */
export function hostOf(address: URL): string {
    return address.host.replace(/^www\./, '');
}

/** The address without what goes without saying. */
export function shownAddress(address: URL): string {
    const path = address.pathname === '/' ? '' : address.pathname;
    return hostOf(address) + path + address.search;
}
