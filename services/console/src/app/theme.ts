// Ant Design in the console's own colours: grey, with contrast of at least 4.5 : 1 for text and 3 : 1 for edges that carry
// meaning. The same values stand in style.css as custom properties.
import type { ThemeConfig } from "antd";

export const theme: ThemeConfig = {
  token: {
    fontFamily: "var(--font)",
    fontSize: 15,
    borderRadius: 4,
    motion: false,
    wireframe: false,
    colorPrimary: "#2c3f49",
    colorInfo: "#2c3f49",
    colorError: "#a8121b",
    colorWarning: "#8a4b00",
    colorSuccess: "#2c3f49",
    colorLink: "#1d4e70",
    colorLinkHover: "#0f3550",
    colorText: "#1c2326",
    colorTextSecondary: "#4d585d",
    colorTextTertiary: "#566166",
    colorTextQuaternary: "#566166",
    colorTextDescription: "#4d585d",
    colorTextPlaceholder: "#626d72",
    colorTextDisabled: "#626d72",
    colorBgLayout: "#eceeee",
    colorBgContainer: "#fcfdfd",
    colorBgElevated: "#fcfdfd",
    colorBorder: "#7e898e",
    colorBorderSecondary: "#d3d8d9",
    controlHeight: 36,
    controlOutline: "rgba(29, 78, 112, 0.35)",
    controlOutlineWidth: 3,
  },
  components: {
    Table: { headerBg: "#eceeee", headerSplitColor: "transparent" },
    Descriptions: { labelColor: "#4d585d", itemPaddingBottom: 8 },
    Modal: { titleFontSize: 18 },
    Button: { primaryShadow: "none", defaultShadow: "none" },
  },
};
