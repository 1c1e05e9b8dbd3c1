import { useLayoutEffect, useRef } from 'preact/hooks';
import { classes } from './classes';
import { Icon, type IconName } from './icon';
import styles from './menu.module.css';

export interface MenuItem {
    label: string;
    icon: IconName;
    run: () => void;
    isDangerous?: boolean;
}

interface Props {
    label: string;
    items: MenuItem[];
    /** The button that opened it: the menu stands at it, and the focus returns to it. */
    anchor: HTMLElement;
    onClose: () => void;
}

const GAP_PX = 4;

/** Below the anchor if there is room, else above, and within the window sideways. */
function place(menu: HTMLElement, anchor: HTMLElement): void {
    const at = anchor.getBoundingClientRect();
    const { width, height } = menu.getBoundingClientRect();
    const isRoomBelow = at.bottom + GAP_PX + height <= innerHeight;
    const top = isRoomBelow ? at.bottom + GAP_PX : Math.max(GAP_PX, at.top - GAP_PX - height);
    const left = Math.min(Math.max(GAP_PX, at.right - width), innerWidth - width - GAP_PX);
    menu.style.top = `${top}px`;
    menu.style.left = `${left}px`;
}

/** A menu of actions in the browser's top layer: arrow keys, Home, End, Escape, press elsewhere. */
export function Menu({ label, items, anchor, onClose }: Props) {
    const menu = useRef<HTMLDivElement>(null);
    const buttons = (): HTMLElement[] => [
        ...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? []),
    ];
    useLayoutEffect(() => {
        const element = menu.current;
        if (element === null) {
            return undefined;
        }
        element.showPopover();
        place(element, anchor);
        buttons()[0]?.focus({ preventScroll: true });
        const onToggle = (event: Event): void => {
            if ((event as ToggleEvent).newState === 'closed') {
                onClose();
            }
        };
        element.addEventListener('toggle', onToggle);
        addEventListener('scroll', onClose, { passive: true, once: true });
        return () => {
            element.removeEventListener('toggle', onToggle);
            removeEventListener('scroll', onClose);
            anchor.focus({ preventScroll: true });
        };
    }, []);

    function onKeyDown(event: KeyboardEvent): void {
        const all = buttons();
        const here = all.indexOf(document.activeElement as HTMLElement);
        const target = {
            ArrowDown: all[(here + 1) % all.length],
            ArrowUp: all[(here - 1 + all.length) % all.length],
            Home: all[0],
            End: all.at(-1),
        }[event.key];
        if (target !== undefined) {
            event.preventDefault();
            target.focus();
        } else if (event.key === 'Tab') {
            onClose();
        }
        event.stopPropagation();
    }

    return (
        <div
            ref={menu}
            class={styles.menu}
            popover="auto"
            role="menu"
            aria-label={label}
            onKeyDown={onKeyDown}
        >
            {items.map((item) => (
                <button
                    key={item.label}
                    type="button"
                    role="menuitem"
                    tabIndex={-1}
                    class={classes(styles.item, item.isDangerous === true && styles.dangerous)}
                    onClick={() => {
                        onClose();
                        item.run();
                    }}
                >
                    <Icon name={item.icon} size={20} />
                    {item.label}
                </button>
            ))}
        </div>
    );
}
