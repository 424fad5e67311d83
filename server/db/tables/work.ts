export interface WorkTables {}
