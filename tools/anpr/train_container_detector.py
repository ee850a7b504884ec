"""Trains the detector of container numbers: the plates' net on other scenes. Its errors are measured by the number's height alone,
for its corners are cut out for reading as they are.
"""

import container_scenes
import train_detector

CONTAINERS = train_detector.Subject(container_scenes.scene, (5.3, 9.5), lambda _, height, layout: height * (2.5, 1.2)[layout])

if __name__ == "__main__":
    train_detector.main(CONTAINERS)
