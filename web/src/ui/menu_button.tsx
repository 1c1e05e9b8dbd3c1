import { useRef, useState } from 'preact/hooks';
import { IconButton } from './button';
import { Menu, type MenuItem } from './menu';

interface Props {
    label: string;
    /** Asked for when the menu opens. */
    items: () => MenuItem[];
}

/** Three dots, and behind them what else can be done. */
export function MenuButton({ label, items }: Props) {
    const button = useRef<HTMLButtonElement>(null);
    const [isOpen, setOpen] = useState(false);
    return (
        <>
            <IconButton
                icon="more"
                label={label}
                buttonRef={button}
                aria-haspopup="menu"
                aria-expanded={isOpen}
                onClick={() => setOpen(true)}
            />
            {isOpen && button.current !== null && (
                <Menu
                    label={label}
                    items={items()}
                    anchor={button.current}
                    onClose={() => setOpen(false)}
                />
            )}
        </>
    );
}
