// The table of a list, alike on every page. What comes after its rows is ListFrame's.
import { Table, type TableProps } from "antd";

export function ListTable<Row extends object>(
  props: Pick<TableProps<Row>, "rowKey" | "columns" | "loading"> & { rows: Row[] },
) {
  const { rows, ...table } = props;
  return <Table<Row> {...table} dataSource={rows} pagination={false} size="middle" scroll={{ x: "max-content" }} />;
}
