import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ownScroll } from '~/router/outlet';
import { useShortcuts } from '~/shortcuts/shortcuts';
import { texts } from '~/texts/texts';
import { classes } from '~/ui/classes';
import { useContents } from './item_content';
import { keepElement, useItemSizes } from './item_sizes';
import type { ListMemory, Range } from './layout';
import styles from './windowed_list.module.css';

interface Props {
    ids: readonly string[];
    memory: ListMemory;
    /** `feed` for posts (each an article), `list` for rows. */
    kind: 'feed' | 'list';
    label: string;
    /** What an article is called by screen readers. */
    labelOf?: (id: string) => string;
    render: (id: string) => ComponentChildren;
    /** The end is near: more may be wanted. Called again and again while it is. */
    onNearEnd?: () => void;
    /** One opens the item with Enter. */
    onOpen?: (id: string) => void;
    onSelect?: (id: string) => void;
    isBusy?: boolean;
}

/** So much is rendered above and below the window. */
const MARGIN_PX = 900;
const NEAR_END_PX = 1_600;
/** Closer to the top than this, new items push the others down: one is there to see them. */
const AT_TOP_PX = 4;

/**
 * Renders only what is near the window, however long the list is, in the scroll of the page itself.
 * What is in view stays where it is when heights turn out otherwise or items come in above; the
 * focused item stays rendered when it is scrolled away.
 */
export function WindowedList(props: Props) {
    const { ids, memory, kind } = props;
    const { layout } = memory;
    layout.setIds(ids);

    const list = useRef<HTMLDivElement>(null);
    const [, setVersion] = useState(0);
    const redraw = (): void => setVersion((version) => version + 1);
    const focusedId = useRef<string | null>(null);
    const wantedFocus = useRef<string | null>(null);
    const items = useRef(new Map<string, HTMLElement>());
    const resizes = useItemSizes(memory, redraw);
    const refs = useRef(new Map<string, (element: HTMLElement | null) => void>());
    /** The same function for the same item each time: another one would be called anew. */
    const refOf = (id: string): ((element: HTMLElement | null) => void) => {
        let ref = refs.current.get(id);
        if (ref === undefined) {
            ref = (element) => keepElement(items.current, resizes, id, element);
            refs.current.set(id, ref);
        }
        return ref;
    };
    // What one sees comes first; what is around it is drawn once that is on screen.
    const [margin, setMargin] = useState(0);
    useEffect(() => setMargin(MARGIN_PX), []);
    const range = currentRange(list.current, memory, ids, margin);
    const drawn = useRef(range);
    drawn.current = range;

    useLayoutEffect(() => comeBack(list.current, memory, ids), []);

    useLayoutEffect(() => {
        let isNews = false;
        for (const [id, element] of items.current) {
            if (element.dataset.apart === undefined) {
                isNews = layout.measure(id, element.offsetHeight) || isNews;
            }
        }
        holdAnchor(memory, items.current);
        if (isNews) {
            redraw();
        }
        const wanted = wantedFocus.current;
        if (wanted !== null) {
            wantedFocus.current = null;
            focusItem(items.current.get(wanted));
        }
    });

    useEffect(() => {
        const onScroll = (): void => {
            rememberAnchor(list.current, memory, items.current, ids);
            const next = currentRange(list.current, memory, ids, MARGIN_PX);
            if (next.start !== drawn.current.start || next.end !== drawn.current.end) {
                redraw();
            }
        };
        addEventListener('scroll', onScroll, { passive: true });
        addEventListener('resize', redraw);
        return () => {
            removeEventListener('scroll', onScroll);
            removeEventListener('resize', redraw);
        };
    }, [ids, memory]);

    useEffect(() => {
        const bottom = list.current?.getBoundingClientRect().bottom ?? Infinity;
        if (bottom < innerHeight + NEAR_END_PX) {
            props.onNearEnd?.();
        }
    });

    function step(by: 1 | -1): void {
        const here = focusedId.current === null ? -1 : ids.indexOf(focusedId.current);
        const isInView = here >= drawn.current.start && here < drawn.current.end;
        const first = layout.indexAt(topOfWindow(list.current));
        const id = ids[isInView ? here + by : first];
        if (id !== undefined) {
            wantedFocus.current = id;
            redraw();
        }
    }

    const t = texts().shortcuts;
    useShortcuts(
        kind === 'feed'
            ? [
                  { key: 'j', group: 'feeds', label: t.next, run: () => step(1) },
                  { key: 'k', group: 'feeds', label: t.previous, run: () => step(-1) },
              ]
            : [],
    );

    const shown = shownIndexes(range, ids, focusedId.current);
    const contentOf = useContents(props.render);
    return (
        <div
            ref={list}
            class={styles.list}
            role={kind}
            aria-label={props.label}
            aria-busy={props.isBusy === true}
            style={{
                paddingTop: `${layout.offsetOf(range.start)}px`,
                height: `${layout.total}px`,
                boxSizing: 'border-box',
            }}
        >
            {shown.map((index) => {
                const id = ids[index] ?? '';
                const isApart = index < range.start || index >= range.end;
                return (
                    <div
                        key={id}
                        ref={refOf(id)}
                        class={classes(styles.item, isApart && styles.apart)}
                        style={isApart ? { top: `${layout.offsetOf(index)}px` } : {}}
                        data-apart={isApart ? '' : undefined}
                        data-id={id}
                        role={kind === 'feed' ? 'article' : 'listitem'}
                        aria-posinset={index + 1}
                        aria-setsize={ids.length}
                        aria-label={props.labelOf?.(id)}
                        tabIndex={kind === 'feed' ? 0 : undefined}
                        onFocusIn={() => {
                            focusedId.current = id;
                            props.onSelect?.(id);
                        }}
                        onFocusOut={() => {
                            focusedId.current = null;
                        }}
                        onKeyDown={(event) => {
                            if (event.key === 'Enter' && event.target === event.currentTarget) {
                                props.onOpen?.(id);
                            }
                        }}
                    >
                        {contentOf(id)}
                    </div>
                );
            })}
        </div>
    );
}

/** How far the top of the window is below the top of the list. */
function topOfWindow(list: HTMLElement | null): number {
    return list === null ? 0 : -list.getBoundingClientRect().top;
}

function currentRange(
    list: HTMLElement | null,
    memory: ListMemory,
    ids: readonly string[],
    margin: number,
): Range {
    const { layout, anchor } = memory;
    let top = topOfWindow(list);
    if (list === null && anchor !== null) {
        // Not on screen yet: draw what will be in view once the place is put back.
        const index = ids.indexOf(anchor.id);
        top = index === -1 ? 0 : layout.offsetOf(index) - anchor.offset;
    }
    return layout.rangeOf(top - margin, top + innerHeight + margin);
}

/** The drawn range, and the focused item wherever it is: it must not lose the focus. */
function shownIndexes(range: Range, ids: readonly string[], focused: string | null): number[] {
    const shown: number[] = [];
    for (let index = range.start; index < range.end; ++index) {
        shown.push(index);
    }
    const index = focused === null ? -1 : ids.indexOf(focused);
    if (index !== -1 && index < range.start) {
        shown.unshift(index);
    } else if (index >= range.end) {
        shown.push(index);
    }
    return shown;
}

/** Where one was when the list was last on screen. */
function comeBack(list: HTMLElement | null, memory: ListMemory, ids: readonly string[]): void {
    const { anchor, layout } = memory;
    const index = anchor === null ? -1 : ids.indexOf(anchor.id);
    if (list === null || anchor === null || index === -1) {
        memory.anchor = null;
        return;
    }
    ownScroll();
    const top = list.getBoundingClientRect().top + scrollY;
    scrollTo(0, top + layout.offsetOf(index) - anchor.offset);
}

function rememberAnchor(
    list: HTMLElement | null,
    memory: ListMemory,
    items: Map<string, HTMLElement>,
    ids: readonly string[],
): void {
    const top = topOfWindow(list);
    const id = ids[memory.layout.indexAt(top)];
    const element = id === undefined ? undefined : items.get(id);
    if (top <= AT_TOP_PX && scrollY <= AT_TOP_PX) {
        memory.anchor = null;
    } else if (id !== undefined && element !== undefined) {
        memory.anchor = { id, offset: element.getBoundingClientRect().top };
    }
}

/** Scrolls by what moved the first item in view. */
function holdAnchor(memory: ListMemory, items: Map<string, HTMLElement>): void {
    const { anchor } = memory;
    const element = anchor === null ? undefined : items.get(anchor.id);
    if (anchor === null || element === undefined || element.dataset.apart !== undefined) {
        return;
    }
    const moved = element.getBoundingClientRect().top - anchor.offset;
    if (Math.abs(moved) >= 1) {
        scrollBy(0, moved);
    }
}

function focusItem(element: HTMLElement | undefined): void {
    element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: 'nearest' });
}
