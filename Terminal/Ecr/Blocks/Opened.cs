using Terminal.Device;

namespace Terminal.Ecr.Blocks;

/// <summary>The result of opening a line: the line, or the reason in words why there is none.</summary>
readonly record struct Opened(ISerialLine? Line, string Problem);
