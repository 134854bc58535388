// Prints a Parquet file as JSON: the names of its columns, then a line for each row. Whole numbers,
// which may be larger than JSON's, become texts.
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

const file = await asyncBufferFromFile(process.argv[2])
const metadata = await parquetMetadataAsync(file)
const names = metadata.schema.slice(1).map((column) => column.name)
const plain = (_, value) => (typeof value === 'bigint' ? value.toString() : value)
console.log(JSON.stringify(names))
for (const row of await parquetReadObjects({ file, compressors })) {
  console.log(JSON.stringify(names.map((name) => row[name] ?? null), plain))
}
