export const nothing = () => null;
