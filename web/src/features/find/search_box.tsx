import type { Ref } from 'preact';
import {
    useEffect,
    useId,
    useImperativeHandle,
    useLayoutEffect,
    useRef,
    useState,
} from 'preact/hooks';
import { findPeople, findTags } from '~/completion/find';
import { Offer, type Offered } from '~/completion/offer';
import { stepTo } from '~/completion/step';
import { useLookup } from '~/completion/use_lookup';
import { navigate } from '~/router/router';
import { texts } from '~/texts/texts';
import { Icon } from '~/ui/icon';
import { operatorWords } from './operator_words';
import type { QueryProblem } from './query/problem_at';
import { withOperator, type Completed } from './query/typed_part';
import { recentSearches } from './recent_searches';
import { tidied } from './search_address';
import {
    keyOf,
    lookupFor,
    optionsFor,
    pathOf,
    type FoundParts,
    type SearchOption,
} from './search_options';
import styles from './search_box.module.css';

const OFFERED = 4;

/** What others may do to the box. */
export interface SearchBoxControl {
    /** Puts an operator at the end of what is typed, and offers what it takes. */
    insert: (operator: string) => void;
}

interface Props {
    /** What was searched for. */
    initial?: string;
    autoFocus?: boolean;
    /** What is wrong with that. */
    problem?: QueryProblem | null;
    control?: Ref<SearchBoxControl>;
}

interface Found extends FoundParts {
    /** The sign of what they were asked for: see lookupFor(). */
    sign: string;
}

async function ask(query: string, signal: AbortSignal): Promise<Found | null> {
    const sign = query.slice(0, 1);
    const words = query.slice(1);
    const [accounts, tags] = await Promise.all([
        sign === '#' ? [] : findPeople(words, OFFERED, signal),
        sign === '@' ? [] : findTags(words, OFFERED, signal),
    ]);
    return accounts === null && tags === null
        ? null
        : { sign, accounts: accounts ?? [], tags: tags ?? [] };
}

function offeredBy(option: SearchOption): Offered {
    const t = texts().find;
    switch (option.kind) {
        case 'search':
            return { icon: 'search', words: t.searchFor(option.query) };
        case 'recent':
            return { icon: 'search', words: option.query, hint: t.searchedFor };
        case 'account':
            return { account: option.account };
        case 'tag':
            return { icon: 'tag', words: `#${option.tag.name}` };
        case 'part':
            return option.account === undefined
                ? { icon: 'plus', words: option.text, hint: option.hint }
                : { account: option.account };
    }
}

/**
 * One box for people, posts and hashtags: a combobox whose list goes on to what it names, or
 * completes the part of the query at the caret.
 */
export function SearchBox({ initial = '', autoFocus = false, problem = null, control }: Props) {
    const t = texts().find;
    const id = useId();
    const input = useRef<HTMLInputElement>(null);
    const [query, setQuery] = useState(initial);
    const [caret, setCaret] = useState(initial.length);
    const wantedCaret = useRef<number | null>(null);
    const [isOpen, setOpen] = useState(false);
    const [active, setActive] = useState(-1);
    const typing = { query, caret };
    const lookup = isOpen ? lookupFor(typing) : null;
    const found = useLookup(lookup, ask);
    const current = found !== null && found.sign === lookup?.slice(0, 1) ? found : null;
    const options = isOpen ? optionsFor(typing, current, recentSearches.value, operatorWords) : [];
    const isListed = options.length > 0;
    const isProblem = problem !== null && tidied(query) === initial;
    useEffect(() => setQuery(initial), [initial]);
    useEffect(() => {
        if (autoFocus) {
            input.current?.focus({ preventScroll: true });
        }
    }, []);
    useLayoutEffect(() => {
        if (wantedCaret.current !== null) {
            input.current?.setSelectionRange(wantedCaret.current, wantedCaret.current);
            wantedCaret.current = null;
        }
    }, [query, caret]);
    useImperativeHandle(control ?? null, () => ({
        insert: (operator: string) => complete(withOperator(query, operator)),
    }));

    function complete(next: Completed): void {
        wantedCaret.current = next.caret;
        setQuery(next.query);
        setCaret(next.caret);
        setActive(-1);
        setOpen(true);
        input.current?.focus({ preventScroll: true });
    }

    function go(path: string): void {
        setOpen(false);
        setActive(-1);
        input.current?.blur();
        navigate(path, { replace: path === location.pathname + location.search });
    }

    function take(option: SearchOption): void {
        if (option.kind === 'part') {
            complete(option.then);
        } else {
            go(option.path);
        }
    }

    function onKeyDown(event: KeyboardEvent): void {
        if (event.isComposing) {
            return;
        }
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            setOpen(true);
            setActive((now) => stepTo(now, event.key === 'ArrowDown' ? 1 : -1, options.length));
        } else if (event.key === 'Escape') {
            if (isListed) {
                event.preventDefault();
                setOpen(false);
                setActive(-1);
            } else {
                setQuery('');
            }
        }
    }

    return (
        <form
            class={styles.form}
            role="search"
            onSubmit={(event) => {
                event.preventDefault();
                const chosen = options[active];
                if (chosen !== undefined) {
                    take(chosen);
                } else if (query.trim() !== '') {
                    go(pathOf(query));
                }
            }}
        >
            <div class={styles.box}>
                <span class={styles.sign}>
                    <Icon name="search" size={20} />
                </span>
                <input
                    ref={input}
                    type="search"
                    role="combobox"
                    data-search=""
                    class={styles.input}
                    aria-label={t.label}
                    placeholder={t.placeholder}
                    aria-expanded={isListed}
                    aria-controls={`${id}-list`}
                    aria-autocomplete="list"
                    aria-activedescendant={active >= 0 && isListed ? `${id}-${active}` : undefined}
                    aria-invalid={isProblem}
                    aria-describedby={isProblem ? `${id}-problem` : undefined}
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck={false}
                    enterkeyhint="search"
                    value={query}
                    onInput={(event) => {
                        setQuery(event.currentTarget.value);
                        setCaret(event.currentTarget.selectionStart ?? 0);
                        setOpen(true);
                        setActive(-1);
                    }}
                    onSelect={(event) => setCaret(event.currentTarget.selectionEnd ?? 0)}
                    onClick={() => setOpen(true)}
                    onKeyDown={onKeyDown}
                    onBlur={() => setOpen(false)}
                />
                <div
                    id={`${id}-list`}
                    role="listbox"
                    aria-label={t.offered}
                    class={styles.list}
                    hidden={!isListed}
                >
                    {options.map((option, index) => (
                        <Offer
                            key={keyOf(option)}
                            id={`${id}-${index}`}
                            offered={offeredBy(option)}
                            isActive={index === active}
                            onTake={() => take(option)}
                        />
                    ))}
                </div>
            </div>
            {isProblem && (
                <p id={`${id}-problem`} class={styles.problem} role="alert">
                    <Icon name="alert" size={18} />
                    <span>
                        {problem.piece !== null && (
                            <ProblemPiece piece={problem.piece} input={() => input.current} />
                        )}
                        {problem.message}
                    </span>
                </p>
            )}
            <span class="visually-hidden" role="status">
                {isListed ? t.offers(options.length) : ''}
            </span>
        </form>
    );
}

interface PieceProps {
    piece: NonNullable<QueryProblem['piece']>;
    input: () => HTMLInputElement | null;
}

/** What is wrong, as typed: a press selects it in the box, to be typed over. */
function ProblemPiece({ piece, input }: PieceProps) {
    return (
        <>
            <button
                type="button"
                class={styles.piece}
                aria-label={texts().find.goToProblem(piece.text)}
                onClick={() => {
                    input()?.focus({ preventScroll: true });
                    input()?.setSelectionRange(piece.begin, piece.end);
                }}
            >
                {piece.text}
            </button>{' '}
        </>
    );
}
