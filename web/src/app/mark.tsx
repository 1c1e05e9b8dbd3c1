/** The bird of the house. */
export function Mark({ size = 32 }: { size?: number }) {
    return <img src="/rook.svg" alt="" width={size} height={size} />;
}
