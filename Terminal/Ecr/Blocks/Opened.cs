using Terminal.Device;

namespace Terminal.Ecr.Blocks;

/// <summary>What opening a line gave: the line, or in words why there is none.</summary>
readonly record struct Opened(ISerialLine? Line, string Problem);
