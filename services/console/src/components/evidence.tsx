// The picture that a decision rests on, with the box around the plate that was read. Shows a part of the picture around
// the plate, never more than the picture has, in the shape that the frame has on this screen.
import { type CSSProperties, type RefObject, type SyntheticEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

interface Size {
  width: number;
  height: number;
}
interface Crop extends Size {
  x: number;
  y: number;
}

export function Evidence(props: {
  evidenceId: string;
  corners: number[];
  alt: string;
  ratio?: number; // width : height of the frame, where the style sheet leaves it open
  plateWidth?: number; // the plate is drawn at least this wide, in pixels of the screen
}) {
  const { t } = useTranslation();
  const [loaded, setLoaded] = useState<{ id: string; size: Size } | null>(null);
  const [failed, setFailed] = useState("");
  const wanted = props.ratio ?? 16 / 9;
  const frame = useRef<HTMLDivElement>(null);
  const drawn = useDrawnSize(frame);
  const ratio = drawn ? drawn.width / drawn.height : wanted;
  const plateShare = drawn && props.plateWidth ? Math.min(0.6, props.plateWidth / drawn.width) : 0;
  const shape = { "--ratio": wanted } as CSSProperties;
  const size = loaded?.id === props.evidenceId ? loaded.size : null;
  const crop = size && cropAround(size, props.corners, ratio, plateShare);

  const take = (event: SyntheticEvent<HTMLImageElement>) => {
    const { naturalWidth: width, naturalHeight: height } = event.currentTarget;
    setLoaded({ id: props.evidenceId, size: { width, height } });
  };

  if (failed === props.evidenceId) {
    return (
      <div className="evidence evidence-none" style={shape}>
        {t("evidence.failed")}
      </div>
    );
  }
  return (
    <div className="evidence" style={shape} ref={frame}>
      <img
        src={`/v1/evidence/${encodeURIComponent(props.evidenceId)}`}
        alt={props.alt}
        onLoad={take}
        onError={() => setFailed(props.evidenceId)}
        style={size && crop ? placeOf(size, crop) : { opacity: 0 }}
      />
      {crop && props.corners.length === 8 && (
        <svg viewBox={`${crop.x} ${crop.y} ${crop.width} ${crop.height}`} aria-hidden="true">
          <polygon className="plate-box-edge" points={pointsOf(props.corners)} vectorEffect="non-scaling-stroke" />
          <polygon className="plate-box" points={pointsOf(props.corners)} vectorEffect="non-scaling-stroke" />
        </svg>
      )}
    </div>
  );
}

// The size of an element as it is drawn; null before that is known.
function useDrawnSize(frame: RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.height > 0) setSize(entry.contentRect);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return size;
}

// The part of the picture to show: as much as fits the frame's shape, or less when the plate would be too small.
export function cropAround(size: Size, corners: number[], ratio: number, plateShare: number): Crop {
  const whole = size.width / size.height > ratio ? size.height * ratio : size.width;
  if (corners.length !== 8) {
    return { x: (size.width - whole) / 2, y: (size.height - whole / ratio) / 2, width: whole, height: whole / ratio };
  }
  const xs = corners.filter((_, place) => place % 2 === 0);
  const ys = corners.filter((_, place) => place % 2 === 1);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const width = plateShare > 0 ? Math.min(whole, Math.max((right - left) / plateShare, 1)) : whole;
  const height = width / ratio;
  return {
    x: clamp((left + right - width) / 2, 0, size.width - width),
    y: clamp((top + bottom - height) / 2, 0, size.height - height),
    width,
    height,
  };
}

function placeOf(size: Size, crop: Crop) {
  return {
    width: `${(size.width / crop.width) * 100}%`,
    height: `${(size.height / crop.height) * 100}%`,
    left: `${(-crop.x / crop.width) * 100}%`,
    top: `${(-crop.y / crop.height) * 100}%`,
  };
}

function pointsOf(corners: number[]): string {
  return [0, 2, 4, 6].map((place) => `${corners[place]},${corners[place + 1]}`).join(" ");
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
