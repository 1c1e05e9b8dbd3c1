import type { RefObject } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Offer } from '~/completion/offer';
import { stepAmong } from '~/completion/step';
import { texts } from '~/texts/texts';
import { useCompletion, type Completion, type Suggestion } from './completion';
import styles from './composer.module.css';
import { complete } from './word_at';

interface Props {
    value: string;
    label: string;
    placeholder: string;
    language: string;
    onText: (text: string) => void;
    onSend: () => void;
    describedBy: string;
    boxRef: RefObject<HTMLTextAreaElement>;
}

/** Where the text is typed: grows with it, and suggests people and hashtags below. */
export function TextBox(props: Props) {
    const { value, boxRef, onText } = props;
    const completion = useCompletion();
    const listId = useId();
    const caret = useRef<number | null>(null);
    const { suggestions, chosen } = completion;
    const isOpen = suggestions.length > 0;

    useLayoutEffect(() => {
        const box = boxRef.current;
        if (box === null) {
            return;
        }
        box.style.height = 'auto';
        box.style.height = `${box.scrollHeight}px`;
        if (caret.current !== null) {
            box.setSelectionRange(caret.current, caret.current);
            caret.current = null;
        }
    }, [value]);

    function take(suggestion: Suggestion | undefined): void {
        if (suggestion === undefined || completion.word === null) {
            return;
        }
        const next = complete(value, completion.word, suggestion.completion);
        caret.current = next.caret;
        completion.close();
        onText(next.text);
        boxRef.current?.focus();
    }

    function onKeyDown(event: KeyboardEvent): void {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            props.onSend();
        } else if (isOpen && !event.isComposing && moves(event, completion, take)) {
            event.preventDefault();
            event.stopPropagation();
        }
    }

    return (
        <div class={styles.box}>
            <textarea
                ref={boxRef}
                class={styles.text}
                rows={3}
                value={value}
                aria-label={props.label}
                aria-describedby={props.describedBy}
                aria-autocomplete="list"
                aria-haspopup="listbox"
                aria-controls={isOpen ? listId : undefined}
                aria-activedescendant={isOpen ? `${listId}-${chosen}` : undefined}
                placeholder={props.placeholder}
                lang={props.language || undefined}
                dir="auto"
                onInput={(event) => {
                    const box = event.currentTarget;
                    onText(box.value);
                    completion.look(box.value, box.selectionStart);
                }}
                onKeyDown={onKeyDown}
                onBlur={() => completion.close()}
            />
            {isOpen && (
                <div
                    id={listId}
                    class={styles.suggestions}
                    role="listbox"
                    aria-label={texts().compose.suggestionList}
                >
                    {suggestions.map((suggestion, index) => (
                        <Offer
                            key={suggestion.key}
                            id={`${listId}-${index}`}
                            offered={
                                suggestion.account === null
                                    ? { icon: 'tag', words: suggestion.completion }
                                    : { account: suggestion.account }
                            }
                            isActive={index === chosen}
                            onTake={() => take(suggestion)}
                        />
                    ))}
                </div>
            )}
            <p class="visually-hidden" role="status">
                {isOpen ? texts().compose.suggestions(suggestions.length) : ''}
            </p>
        </div>
    );
}

/** Whether the key was one for the list of suggestions. */
function moves(
    event: KeyboardEvent,
    { suggestions, chosen, choose, close }: Completion,
    take: (suggestion: Suggestion | undefined) => void,
): boolean {
    const count = suggestions.length;
    switch (event.key) {
        case 'ArrowDown':
            choose(stepAmong(chosen, 1, count));
            return true;
        case 'ArrowUp':
            choose(stepAmong(chosen, -1, count));
            return true;
        case 'Enter':
        case 'Tab':
            take(suggestions[chosen]);
            return true;
        case 'Escape':
            close();
            return true;
        default:
            return false;
    }
}
