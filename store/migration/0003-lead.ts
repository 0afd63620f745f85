// What divides a debate's people most visibly (model/side.ts), as JSON, for lists of debates. NULL until analyzed again.
export const lead = `
ALTER TABLE debate ADD COLUMN lead TEXT;
`;
