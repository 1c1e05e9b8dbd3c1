import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import { api, stream } from '~/api/api';
import type { Failure } from '~/api/failure';
import type { Status } from '~/api/types';
import { makeListMemory, type ListMemory } from '~/list/layout';
import { sessionToken } from '~/session/session';
import { keepStatus, keepUnread, statuses, type WireStatus } from '~/store/store';
import { onSent } from '../compose/outgoing';
import { rowsOf, type ThreadRow } from './thread_rows';
import { branchOf, buildTree, type ThreadPost, type ThreadTree } from './thread_tree';

/** Replies of strangers to strangers are in no stream: one asks for them now and then. */
const LOOK_AGAIN_MS = 30_000;
/** The server shortens no conversation of fewer comments, not even for visitors. */
const CUT_FROM = 60;
const LOOKED_AT_MAX = 500;
/** So many conversations are kept as they were left. */
const KEPT = 8;

interface WireContext {
    ancestors: WireStatus[];
    descendants: WireStatus[];
}

function asThreadPost({ id, inReplyToId, account, repliesCount }: Status): ThreadPost {
    return {
        id,
        parentId: inReplyToId ?? null,
        authorId: account.id,
        replies: repliesCount,
    };
}

function fromWirePost({ id, in_reply_to_id, account, replies_count }: WireStatus): ThreadPost {
    return { id, parentId: in_reply_to_id, authorId: account.id, replies: replies_count };
}

const NOBODY: ReadonlySet<string> = new Set();

/** The conversation around one post: what is known of it, and what of it is put away. */
export class Thread {
    private readonly opened = signal<ThreadPost | null>(null);
    private readonly above = signal<readonly ThreadPost[]>([]);
    private readonly below = signal<readonly ThreadPost[]>([]);
    private readonly loaded = signal(false);
    private readonly currentFailure = signal<Failure | null>(null);
    private readonly arrivals = signal(0);
    private readonly folds = signal<ReadonlySet<string>>(NOBODY);
    private readonly widened = signal<ReadonlySet<string>>(NOBODY);
    /** The comment that is being answered in place. */
    readonly answering = signal<string | null>(null);
    readonly memory = makeListMemory();
    private place: ListMemory['anchor'] = null;

    readonly tree: ReadonlySignal<ThreadTree | null> = computed(() =>
        this.opened.value === null
            ? null
            : buildTree(this.opened.value, this.above.value, this.below.value),
    );
    /** The branch of the post that one came from, when one asked for the whole conversation. */
    readonly lit: ReadonlySignal<ReadonlySet<string>> = computed(() => {
        const tree = this.tree.value;
        return this.from === null || tree === null || !tree.parents.has(this.from)
            ? NOBODY
            : branchOf(tree, this.from);
    });
    readonly rows: ReadonlySignal<readonly ThreadRow[]> = computed(() => {
        const tree = this.tree.value;
        return tree === null
            ? []
            : rowsOf(tree, {
                  folded: this.folds.value,
                  widened: this.widened.value,
                  lit: this.lit.value,
              });
    });

    /** Whether there is more than the server tells at once. */
    readonly isCut: ReadonlySignal<boolean> = computed(() => {
        const tree = this.tree.value;
        const opened = this.opened.value;
        const known = opened === null ? [] : [opened, ...this.below.value];
        return (
            tree !== null &&
            known.length > CUT_FROM &&
            known.some(({ id, replies = 0 }) => replies > (tree.children.get(id)?.length ?? 0))
        );
    });

    constructor(
        readonly id: string,
        readonly from: string | null,
    ) {}

    get isLoaded(): ReadonlySignal<boolean> {
        return this.loaded;
    }

    get failure(): ReadonlySignal<Failure | null> {
        return this.currentFailure;
    }

    /** How many replies came in since one is here. */
    get arrived(): ReadonlySignal<number> {
        return this.arrivals;
    }

    /**
     * For whoever arrives: shows the opened post as it is known from elsewhere, and asks for the
     * rest. With that, `place` is put in view; null leaves the reader where they were.
     */
    open(place: ListMemory['anchor']): void {
        this.place = place;
        this.memory.anchor = place ?? this.memory.anchor;
        const known = statuses.peek(this.id);
        if (!this.loaded.peek() && known !== undefined) {
            this.opened.value = asThreadPost(known);
        }
        void this.load();
    }

    /** Whether it was left whole, and is too long to be read again for a look back. */
    get isLong(): boolean {
        return this.loaded.peek() && this.below.peek().length >= LOOKED_AT_MAX;
    }

    /** Asks for all of it, for the first time or again. */
    async load(): Promise<void> {
        const path = `/api/v1/statuses/${this.id}`;
        const [status, context] = await Promise.all([
            api.get<Status>(path),
            api.wire<WireContext>(`${path}/context`),
        ]);
        if (context.ok && context.value.descendants.length > LOOKED_AT_MAX) {
            // It took long to parse; a press in between is heard before the tree is built.
            await new Promise((resolve) => setTimeout(resolve));
        }
        batch(() => {
            const trouble = !status.ok ? status : !context.ok ? context : null;
            this.currentFailure.value = trouble === null ? null : trouble.failure;
            if (!status.ok || !context.ok) {
                return;
            }
            const before = this.below.peek().length;
            keepStatus(status.value);
            keepUnread(context.value.ancestors);
            keepUnread(context.value.descendants);
            const ancestors = context.value.ancestors.map(fromWirePost);
            const descendants = context.value.descendants.map(fromWirePost);
            this.opened.value = asThreadPost(status.value);
            this.above.value = ancestors;
            this.below.value = descendants;
            if (!this.loaded.peek()) {
                this.memory.anchor = this.place ?? this.memory.anchor;
            } else {
                this.arrivals.value += Math.max(0, descendants.length - before);
            }
            this.loaded.value = true;
        });
    }

    /** Keeps up to date until the returned function is called. */
    follow(): () => void {
        const leaveStream = stream.listen(
            { stream: 'user' },
            {
                onEvent: (event) => {
                    switch (event.event) {
                        case 'update':
                            this.arrive(event.status, true);
                            break;
                        case 'status.update':
                            keepStatus(event.status);
                            break;
                        case 'notification':
                            if (event.notification.status) {
                                this.arrive(event.notification.status, true);
                            }
                            break;
                        case 'delete':
                            this.remove(event.id);
                            break;
                        default:
                            break;
                    }
                },
                onReopened: () => void this.load(),
            },
        );
        const leaveOutbox = onSent((status) => this.arrive(status, false));
        const look = (): void => {
            if (!document.hidden && this.loaded.peek()) {
                void this.load();
            }
        };
        const timer = setInterval(() => {
            // What is long costs the server and the reader too much to be read again and again.
            if (this.below.peek().length < LOOKED_AT_MAX) {
                look();
            }
        }, LOOK_AGAIN_MS);
        document.addEventListener('visibilitychange', look);
        return () => {
            leaveStream();
            leaveOutbox();
            clearInterval(timer);
            document.removeEventListener('visibilitychange', look);
        };
    }

    toggleFold(id: string): void {
        const next = new Set(this.folds.peek());
        if (!next.delete(id)) {
            next.add(id);
        }
        this.folds.value = next;
    }

    widen(id: string): void {
        this.widened.value = new Set(this.widened.peek()).add(id);
    }

    /** Folds every direct reply to the opened post, or opens all that is folded. */
    foldAll(isFolded: boolean): void {
        const tree = this.tree.peek();
        const first = tree?.children.get(tree.opened) ?? [];
        const withReplies = first.filter((id) => (tree?.counts.get(id) ?? 0) > 0);
        this.folds.value = isFolded ? new Set(withReplies) : NOBODY;
    }

    get hasFolds(): boolean {
        return this.folds.value.size > 0;
    }

    private has(id: string): boolean {
        return this.id === id || this.below.peek().some((post) => post.id === id);
    }

    private arrive(status: Status, isNews: boolean): void {
        const parent = status.inReplyToId ?? null;
        if (parent === null || !this.has(parent) || this.has(status.id)) {
            return;
        }
        batch(() => {
            keepStatus(status);
            this.below.value = [...this.below.peek(), asThreadPost(status)];
            this.arrivals.value += isNews ? 1 : 0;
        });
    }

    /** A deleted post that was answered keeps its place, and says what it is. */
    private remove(id: string): void {
        statuses.remove(id);
        if ((this.tree.peek()?.counts.get(id) ?? 0) === 0) {
            this.below.value = this.below.peek().filter((post) => post.id !== id);
        }
    }
}

let threads = new Map<string, Thread>();

sessionToken.subscribe(() => {
    threads = new Map();
});

/** The conversation as it was left, or a new one. */
export function threadOf(id: string, from: string | null): Thread {
    const key = `${id} ${from ?? ''}`;
    const thread = threads.get(key) ?? new Thread(id, from);
    threads.delete(key);
    threads.set(key, thread);
    for (const oldest of [...threads.keys()].slice(0, -KEPT)) {
        threads.delete(oldest);
    }
    return thread;
}
