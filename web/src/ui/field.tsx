import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import { classes } from './classes';
import styles from './field.module.css';

interface Words {
    label: string;
    hint?: string | undefined;
    /** What is wrong with what stands in it. */
    problem?: string | undefined;
}

function describedBy(id: string, { hint, problem }: Words): string | undefined {
    const ids = [
        hint === undefined ? '' : `${id}-hint`,
        problem === undefined ? '' : `${id}-problem`,
    ];
    const text = ids.filter(Boolean).join(' ');
    return text === '' ? undefined : text;
}

function Explanations({ id, hint, problem }: Words & { id: string }) {
    return (
        <>
            {hint !== undefined && (
                <p id={`${id}-hint`} class={styles.hint}>
                    {hint}
                </p>
            )}
            {problem !== undefined && (
                <p id={`${id}-problem`} class={styles.problem} role="alert">
                    {problem}
                </p>
            )}
        </>
    );
}

interface Tie {
    id: string;
    class: string | undefined;
    'aria-invalid': boolean;
    'aria-describedby': string | undefined;
}

interface TiedProps extends Words {
    /** Draws the control with what ties label, hint and problem to it. */
    control: (tie: Tie) => ComponentChildren;
}

function Tied({ label, hint, problem, control }: TiedProps) {
    const id = useId();
    return (
        <div class={styles.field}>
            <label for={id} class={styles.label}>
                {label}
            </label>
            {control({
                id,
                class: styles.control,
                'aria-invalid': problem !== undefined,
                'aria-describedby': describedBy(id, { label, hint, problem }),
            })}
            <Explanations id={id} label={label} hint={hint} problem={problem} />
        </div>
    );
}

type Control<Name extends 'input' | 'textarea' | 'select'> = Words &
    Omit<JSX.IntrinsicElements[Name], 'label' | 'onInput' | 'onChange' | 'value' | 'class'>;

interface TextProps extends Control<'input'> {
    value: string;
    onText: (text: string) => void;
}

export function TextField({ label, hint, problem, value, onText, ...rest }: TextProps) {
    return (
        <Tied
            {...{ label, hint, problem }}
            control={(tie) => (
                <input
                    {...rest}
                    {...tie}
                    value={value}
                    onInput={(event) => onText(event.currentTarget.value)}
                />
            )}
        />
    );
}

interface AreaProps extends Control<'textarea'> {
    value: string;
    onText: (text: string) => void;
}

export function TextArea({ label, hint, problem, value, onText, ...rest }: AreaProps) {
    return (
        <Tied
            {...{ label, hint, problem }}
            control={(tie) => (
                <textarea
                    rows={5}
                    {...rest}
                    {...tie}
                    class={classes(styles.control, styles.area)}
                    value={value}
                    onInput={(event) => onText(event.currentTarget.value)}
                />
            )}
        />
    );
}

interface Choice<T extends string> {
    value: T;
    label: string;
    hint?: string;
}

interface SelectProps<T extends string> extends Control<'select'> {
    value: T;
    choices: Choice<T>[];
    onChoice: (value: T) => void;
}

export function SelectField<T extends string>(props: SelectProps<T>) {
    const { label, hint, problem, value, choices, onChoice, ...rest } = props;
    return (
        <Tied
            {...{ label, hint, problem }}
            control={(tie) => (
                <select
                    {...rest}
                    {...tie}
                    value={value}
                    onChange={(event) => onChoice(event.currentTarget.value as T)}
                >
                    {choices.map((choice) => (
                        <option key={choice.value} value={choice.value}>
                            {choice.label}
                        </option>
                    ))}
                </select>
            )}
        />
    );
}

interface SwitchProps extends Words {
    checked: boolean;
    disabled?: boolean;
    onToggle: (checked: boolean) => void;
}

/** Something that is on or off. */
export function SwitchField({ label, hint, problem, checked, disabled, onToggle }: SwitchProps) {
    const id = useId();
    return (
        <div class={styles.switchField}>
            <label class={styles.switchLabel} for={id}>
                <span class={styles.switchName}>{label}</span>
                <input
                    id={id}
                    type="checkbox"
                    role="switch"
                    class={styles.switch}
                    checked={checked}
                    disabled={disabled}
                    aria-describedby={describedBy(id, { label, hint, problem })}
                    onChange={(event) => onToggle(event.currentTarget.checked)}
                />
            </label>
            <Explanations id={id} label={label} hint={hint} problem={problem} />
        </div>
    );
}

interface CheckProps {
    label: string;
    checked: boolean;
    onToggle: (checked: boolean) => void;
}

/** One of several that may be ticked. */
export function CheckField({ label, checked, onToggle }: CheckProps) {
    return (
        <label class={styles.option}>
            <input
                type="checkbox"
                checked={checked}
                onChange={(event) => onToggle(event.currentTarget.checked)}
            />
            <span>{label}</span>
        </label>
    );
}

interface GroupProps {
    legend: string;
    hint?: string | undefined;
    children: ComponentChildren;
}

export function FieldGroup({ legend, hint, children }: GroupProps) {
    return (
        <fieldset class={styles.group}>
            <legend class={styles.label}>{legend}</legend>
            {hint !== undefined && <p class={styles.hint}>{hint}</p>}
            {children}
        </fieldset>
    );
}

interface RadioProps<T extends string> {
    legend: string;
    hint?: string | undefined;
    value: T;
    choices: Choice<T>[];
    onChoice: (value: T) => void;
}

export function RadioField<T extends string>(props: RadioProps<T>) {
    const { legend, hint, value, choices, onChoice } = props;
    const name = useId();
    return (
        <FieldGroup legend={legend} hint={hint}>
            <div class={styles.options}>
                {choices.map((choice) => (
                    <label key={choice.value} class={styles.option}>
                        <input
                            type="radio"
                            name={name}
                            value={choice.value}
                            checked={choice.value === value}
                            onChange={() => onChoice(choice.value)}
                        />
                        <span>
                            {choice.label}
                            {choice.hint !== undefined && (
                                <span class={styles.optionHint}>{choice.hint}</span>
                            )}
                        </span>
                    </label>
                ))}
            </div>
        </FieldGroup>
    );
}
