// A few words that go into the record with what an officer does; the services take 500 characters.
import { Input } from "antd";

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  disabled: boolean;
}

export function RemarkField({ label, value, onChange, disabled }: Props) {
  return (
    <label className="field">
      {label}
      <Input.TextArea
        value={value}
        maxLength={500}
        rows={2}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
