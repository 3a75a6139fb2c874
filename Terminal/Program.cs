using Terminal.Commands;
using Terminal.Device;

Privacy.Begin();
return CommandLine.Run(args);
