import styles from './order_links.module.css';

interface Order {
    href: string;
    label: string;
    isCurrent: boolean;
}

/** The orders in which the list below may stand, one of which it does. */
export function OrderLinks({ label, orders }: { label: string; orders: readonly Order[] }) {
    return (
        <nav class={styles.orders} aria-label={label}>
            {orders.map((order) => (
                <a
                    key={order.href}
                    class={styles.order}
                    href={order.href}
                    aria-current={order.isCurrent ? 'true' : undefined}
                >
                    {order.label}
                </a>
            ))}
        </nav>
    );
}
