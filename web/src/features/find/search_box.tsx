import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { nameOf } from '~/account/name';
import { api } from '~/api/api';
import type { Search } from '~/api/types';
import { navigate } from '~/router/router';
import { texts } from '~/texts/texts';
import { Avatar } from '~/ui/avatar';
import { classes } from '~/ui/classes';
import { Icon } from '~/ui/icon';
import { completionsOf, searchPath, stepTo, typeMeant, type Completion } from './completion';
import styles from './search_box.module.css';

const WAIT_MS = 150;
const OFFERED = 4;

interface Props {
    /** What was searched for. */
    initial?: string;
    autoFocus?: boolean;
}

/** One box for people, posts and hashtags: a combobox whose list goes on to what it names. */
export function SearchBox({ initial = '', autoFocus = false }: Props) {
    const t = texts().find;
    const id = useId();
    const input = useRef<HTMLInputElement>(null);
    const [query, setQuery] = useState(initial);
    const [isOpen, setOpen] = useState(false);
    const [active, setActive] = useState(-1);
    const found = useFound(isOpen ? query : '');
    const options = completionsOf(query, found);
    const isListed = isOpen && options.length > 0;
    useEffect(() => setQuery(initial), [initial]);
    useEffect(() => {
        if (autoFocus) {
            input.current?.focus({ preventScroll: true });
        }
    }, []);

    function go(path: string): void {
        setOpen(false);
        setActive(-1);
        input.current?.blur();
        navigate(path);
    }

    function onKeyDown(event: KeyboardEvent): void {
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
                const chosen = isListed ? options[active] : undefined;
                if (chosen !== undefined) {
                    go(chosen.path);
                } else if (query.trim() !== '') {
                    go(searchPath(query.trim(), typeMeant(query)));
                }
            }}
        >
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
                autocomplete="off"
                autocapitalize="none"
                spellcheck={false}
                enterkeyhint="search"
                value={query}
                onInput={(event) => {
                    setQuery(event.currentTarget.value);
                    setOpen(true);
                    setActive(-1);
                }}
                onKeyDown={onKeyDown}
                onBlur={() => setOpen(false)}
            />
            <div
                id={`${id}-list`}
                role="listbox"
                aria-label={t.offered}
                class={styles.list}
                hidden={!isListed}
                // The box must keep the focus until the press has ended.
                onMouseDown={(event) => event.preventDefault()}
            >
                {options.map((option, index) => (
                    <div
                        key={option.path}
                        id={`${id}-${index}`}
                        role="option"
                        aria-selected={index === active}
                        class={classes(styles.option, index === active && styles.active)}
                        onClick={() => go(option.path)}
                    >
                        <Offer option={option} />
                    </div>
                ))}
            </div>
            <span class="visually-hidden" role="status">
                {isListed ? t.offers(options.length) : ''}
            </span>
        </form>
    );
}

function Offer({ option }: { option: Completion }) {
    if (option.kind === 'account') {
        const { account } = option;
        return (
            <>
                <Avatar account={account} size="small" />
                <span class={styles.words}>
                    <bdi>{nameOf(account)}</bdi> <span class={styles.soft}>@{account.acct}</span>
                </span>
            </>
        );
    }
    return (
        <>
            <span class={styles.icon}>
                <Icon name={option.kind === 'all' ? 'search' : 'list'} size={20} />
            </span>
            <span class={styles.words}>
                {option.kind === 'all'
                    ? texts().find.searchFor(option.query)
                    : `#${option.tag.name}`}
            </span>
        </>
    );
}

/** People and hashtags that begin so; what came before stays until the next answer. */
function useFound(query: string): Search | null {
    const [found, setFound] = useState<Search | null>(null);
    useEffect(() => {
        const q = query.trim();
        if (q === '') {
            setFound(null);
            return undefined;
        }
        const abort = new AbortController();
        const ask = async (): Promise<void> => {
            const types = [typeMeant(q) ?? (['accounts', 'hashtags'] as const)].flat();
            const answers = await Promise.all(
                types.map((type) =>
                    api.get<Search>(
                        '/api/v2/search',
                        { q, type, limit: OFFERED },
                        { signal: abort.signal },
                    ),
                ),
            );
            if (abort.signal.aborted) {
                return;
            }
            const results = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
            setFound({
                accounts: results.flatMap(({ accounts }) => accounts),
                hashtags: results.flatMap(({ hashtags }) => hashtags),
                statuses: [],
            });
        };
        const timer = setTimeout(() => void ask(), WAIT_MS);
        return () => {
            clearTimeout(timer);
            abort.abort();
        };
    }, [query]);
    return found;
}
