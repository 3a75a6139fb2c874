using Terminal.Ecr;
using Terminal.Payments;

namespace Sandbox.Simulation.Bytes;

/// <summary>What it answers to 04 0F, 06 0F and 06 1E.</summary>
sealed partial class ByteTill
{
    sealed class Call(ByteTill till, PaymentPage page) : HeardMessage(page)
    {
        readonly int command = till.commands, answers = till.answers;
        readonly int? number = till.numbers.Heard;

        public override bool IsOvertaken => till.answers > answers;

        /// <summary>The till cannot know.</summary>
        public override bool IsOpen => true;

        public override void Answer(EcrAnswer answer) => till.Answer(answer switch
        {
            EcrAnswer.Acknowledged => Apdu.Accept,
            EcrAnswer.NotYet => TillWords.NotYet,
            _ => TillWords.Refuse,
        }, command, number);

        public override void StaySilent()
        {
        }

        public override void AnswerLate() => till.Answer(Apdu.Accept, command, number);
    }
}
