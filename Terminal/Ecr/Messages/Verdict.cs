using Terminal.Panel.Words;

namespace Terminal.Ecr.Messages;

/// <summary>A result as reported to the ECR.</summary>
/// <param name="Code">BMP 27 and 06 1E: one of PA00P015 chapter 10.</param>
/// <param name="Own">TLV 1F16: our own, more precise code, which never changes its meaning; empty if approved.</param>
/// <param name="Text">BMP 3C and TLV 1F17.</param>
sealed record Verdict(byte Code, string Own, Phrase Text);
