import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { language, texts } from '~/texts/texts';
import { Moment } from '~/time/moment';
import { fullMoment } from '~/time/relative';
import { Button } from '~/ui/button';
import { isLimitedNow, partsOf } from './limited';
import styles from './limits.module.css';
import type { LimitedKey, LimitRule } from './limits_types';
import { isAboutSignIns } from './rule_words';

/** So many are shown at first, and more at each press. */
const FIRST = 10;
const MORE = 100;

interface Props {
    entries: LimitedKey[];
    rules: LimitRule[];
    nowMs: number;
    /** Somebody wants to see just those whom the rule limits. */
    onRule: (name: string) => void;
}

/** Who was refused: whom, by what, how often, since when and until when. */
export function LimitedList({ entries, rules, nowMs, onRule }: Props) {
    const t = texts().limits;
    const [most, setMost] = useState(FIRST);
    const list = useKeptFocus();
    return (
        <>
            <ul ref={list} class={styles.list}>
                {entries.slice(0, most).map((entry) => (
                    <li key={`${entry.rule} ${entry.key}`} class={styles.row}>
                        <Line
                            entry={entry}
                            rule={rules.find(({ name }) => name === entry.rule)}
                            nowMs={nowMs}
                            onRule={onRule}
                        />
                    </li>
                ))}
            </ul>
            {entries.length > most && (
                <p class={styles.more}>
                    <Button kind="quiet" onClick={() => setMost(most + MORE)}>
                        {t.more(entries.length - most)}
                    </Button>
                </p>
            )}
        </>
    );
}

/** The list is put into another order as things happen: what has the focus in it keeps that. */
function useKeptFocus() {
    const list = useRef<HTMLUListElement>(null);
    const before = document.activeElement;
    const focused = list.current?.contains(before) === true ? (before as HTMLElement) : null;
    useLayoutEffect(() => {
        if (focused?.isConnected === true && document.activeElement !== focused) {
            focused.focus({ preventScroll: true });
        }
    });
    return list;
}

interface LineProps {
    entry: LimitedKey;
    rule: LimitRule | undefined;
    nowMs: number;
    onRule: (name: string) => void;
}

function Line({ entry, rule, nowMs, onRule }: LineProps) {
    const t = texts().limits;
    return (
        <>
            <div class={styles.whom}>
                <p class={styles.name}>
                    <Whom entry={entry} rule={rule} />
                    {isLimitedNow(entry, nowMs) && <span class={styles.now}>{t.isLimited}</span>}
                    {entry.shadow && <span class={styles.trial}>{t.onTrial}</span>}
                </p>
                <p class={styles.soft}>
                    {entry.shadow ? t.wouldRefuse(entry.times) : t.refusedTimes(entry.times)}{' '}
                    <button
                        type="button"
                        class={styles.rule}
                        title={t.onlyRule(entry.rule)}
                        onClick={() => onRule(entry.rule)}
                    >
                        {entry.rule}
                    </button>
                </p>
            </div>
            <dl class={styles.times}>
                <div>
                    <dt>{t.since}</dt>
                    <dd>
                        <Clock at={entry.firstAt} nowMs={nowMs} />
                    </dd>
                </div>
                <div>
                    <dt>{t.last}</dt>
                    <dd>
                        <Moment at={entry.lastAt} />
                    </dd>
                </div>
                <div>
                    <dt>{t.until}</dt>
                    <dd>
                        {entry.until === null ? t.never : <Clock at={entry.until} nowMs={nowMs} />}
                    </dd>
                </div>
            </dl>
        </>
    );
}

/** The account, with a way to its page; the address, with one to whom it belongs; what was tried. */
function Whom({ entry, rule }: Pick<LineProps, 'entry' | 'rule'>) {
    const t = texts().limits;
    const { account, token, address, triedAccount, target } = partsOf(entry.key);
    const isOpen = [account, token, address, triedAccount, target].every((one) => one === null);
    const known = entry.account;
    const nameOf = (id: string): string =>
        known?.id === id ? `@${known.username}` : t.accountNumber(id);
    const ids = [account, triedAccount].filter((one) => one !== null);
    return (
        <>
            {isOpen && <span>{t.everybody}</span>}
            {/* A token is somebody's: the server may say whose. */}
            {known !== null && !ids.includes(known.id) && (
                <AccountLink id={known.id} name={nameOf(known.id)} />
            )}
            {account !== null && <AccountLink id={account} name={nameOf(account)} />}
            {token !== null && <span>{t.tokenNumber(token)}</span>}
            {address !== null && <Address address={address} />}
            {triedAccount !== null && (
                <span>
                    {t.signInAs} <AccountLink id={triedAccount} name={nameOf(triedAccount)} />
                </span>
            )}
            {target !== null && (
                <span>
                    {isAboutSignIns(rule) ? t.signInAs : t.keys.target}{' '}
                    <bdi>{t.quoted(target)}</bdi>
                </span>
            )}
        </>
    );
}

function AccountLink({ id, name }: { id: string; name: string }) {
    return (
        <a href={`/admin/accounts/${id}`}>
            <bdi>{name}</bdi>
        </a>
    );
}

/** Accounts are found by a whole address, not by a network. */
function Address({ address }: { address: string }) {
    return address.includes('/') ? (
        <span>{address}</span>
    ) : (
        <a
            href={`/admin/accounts?q=${encodeURIComponent(address)}`}
            title={texts().limits.accountsOf(address)}
        >
            {address}
        </a>
    );
}

const TODAY = { timeStyle: 'medium' } as const;
const OTHER_DAY = { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' } as const;

/** The time of day, with the date unless that is today's. */
function Clock({ at, nowMs }: { at: string; nowMs: number }) {
    const moment = new Date(at);
    const isToday = moment.toDateString() === new Date(nowMs).toDateString();
    const format = new Intl.DateTimeFormat(language.value, isToday ? TODAY : OTHER_DAY);
    return (
        <time dateTime={at} title={fullMoment(moment.getTime(), language.value)}>
            {format.format(moment)}
        </time>
    );
}
